import type { Database } from 'better-sqlite3';
import { DomainError } from '../../src-shared/errors/domain-error.ts';
import type { AgentKesStore } from '../kes/scan-store.ts';
import type { CertificateStore } from '../manager/api/certificate-store.ts';
import type { HostKeyStore } from '../manager/ssh/host-key-store.ts';
import { StoredCertificates } from './accepted-certificates.ts';
import { StoredHostKeys } from './host-keys.ts';
import { openReadOnly } from './open-store.ts';
import type { StoredProfile } from './profile-record.ts';
import { ProfileStore } from './profile-store.ts';
import { StoredAgentKes } from './stored-agent-kes.ts';
import type { ChangingSession } from './write-session.ts';

/** The connections of a store and what they trust, beside whoever writes to it. Changing any of it is refused. */
export interface StoredConnections {
  list(): readonly StoredProfile[];
  readonly hostKeys: HostKeyStore;
  readonly certificates: CertificateStore;
  close(): void;
}

/** Errors: as `openReadOnly`. */
export function readConnections(dataFolder: string): StoredConnections {
  const db = openReadOnly(dataFolder);
  const session: ChangingSession = { db, run: refuse };
  const profiles = new ProfileStore(session);
  return {
    list: () => profiles.list(),
    hostKeys: new StoredHostKeys(session),
    certificates: new StoredCertificates(session),
    close: () => db.close(),
  };
}

/** The profiles alone, over a connection that somebody else closes. */
export function readProfiles(db: Database): readonly StoredProfile[] {
  return new ProfileStore({ db, run: refuse }).list();
}

/** How agents are reached and what is known of KES there, over a connection that somebody else closes. */
export function readAgentKes(db: Database): Pick<AgentKesStore, 'access' | 'memory'> {
  return new StoredAgentKes({ db, run: refuse });
}

function refuse(): never {
  throw new DomainError(
    'store.read-only',
    'The store is only read here.',
    'Repeat this with a command that changes connections.',
  );
}
