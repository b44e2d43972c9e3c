import type { Database } from 'better-sqlite3';
import type { AlertJournal } from '../alerts/alert-journal.ts';
import type { AgentKesStore, AuditTrail, ScanStore } from '../kes/scan-store.ts';
import type { CertificateStore } from '../manager/api/certificate-store.ts';
import type { HostKeyStore } from '../manager/ssh/host-key-store.ts';
import type { LookupStore, OutboxStore, QuotaStore } from '../virustotal/lookup-store.ts';
import { StoredCertificates } from './accepted-certificates.ts';
import { backUpStore, type Backup } from './backup.ts';
import { BulkJournal } from './bulk-journal.ts';
import { connectForReading, connectForWriting, makeDataFolder, storePath } from './connection.ts';
import { ExclusionStore } from './exclusion-store.ts';
import { FileActions } from './file-actions.ts';
import { StoredHostKeys } from './host-keys.ts';
import { checkAtStart, markClosed, type StartCheck } from './integrity.ts';
import { StoreJournal } from './journal.ts';
import { StoreLookups } from './lookup-queue.ts';
import { ManagerAgents } from './manager-agents.ts';
import { migrate } from './migrate.ts';
import { StoreOutbox } from './outbox-store.ts';
import { ProfileStore } from './profile-store.ts';
import { PublicationStore } from './publication-store.ts';
import { StoreQuota } from './quota-store.ts';
import { ScanAlerts } from './scan-alerts.ts';
import { SettingStore } from './setting-store.ts';
import { SourceStore } from './source-store.ts';
import { StoredAgentKes } from './stored-agent-kes.ts';
import { StoredAuditTrail } from './stored-audit-trail.ts';
import { StoredScans } from './stored-scans.ts';
import { translating } from './store-errors.ts';
import { readTallies } from './queries/ledger.ts';
import type { Tallies } from './tally.ts';
import { WriteSession } from './write-session.ts';
import { takeWriterLock, type WriterLock } from './writer-lock.ts';

/** The one writer of a data folder: every change goes through one of these. */
export interface Store {
  /** The database file. */
  readonly path: string;
  readonly journal: AlertJournal;
  /** For a one-time import by a process that does nothing else. */
  readonly bulkJournal: BulkJournal;
  readonly lookups: LookupStore;
  readonly quota: QuotaStore;
  readonly outbox: OutboxStore;
  readonly sources: SourceStore;
  readonly profiles: ProfileStore;
  readonly hostKeys: HostKeyStore;
  readonly certificates: CertificateStore;
  readonly managerAgents: ManagerAgents;
  readonly publications: PublicationStore;
  readonly scans: ScanStore;
  /** Alerts about responses and KES that wait to become evidence. */
  readonly scanAlerts: ScanAlerts;
  readonly agentKes: AgentKesStore;
  readonly audit: AuditTrail;
  readonly exclusions: ExclusionStore;
  readonly settings: SettingStore;
  readonly files: FileActions;
  /** The whole-store counters as committed. */
  tallies(): Tallies;
  /** What was checked when it was opened; `full-check-due` asks for `Reader.checkIntegrity` in the background. */
  readonly startCheck: StartCheck;
  /** A copy of everything committed, while work goes on. Errors: `store.backup-exists`, `store.disk-full`. */
  backUp(targetPath: string): Promise<Backup>;
  /** May be called twice. */
  close(): void;
}

export interface OpenOptions {
  /** Only the time is asked of it. */
  readonly clock?: { now(): number };
  /** For the message a second writer shows: `the desktop window`, `verdict-desk ingest`. */
  readonly holder?: string;
}

/**
 * Opens or creates the store of a data folder for writing.
 * Errors: `store.held`, `store.newer-schema`, `store.not-ours`, `store.damaged`, `store.not-writable`.
 */
export function openStore(dataFolder: string, { clock = Date, holder }: OpenOptions = {}): Store {
  const path = storePath(dataFolder);
  translating(path, () => makeDataFolder(dataFolder));
  const lock = takeWriterLock(dataFolder, holder ?? 'Verdict Desk', clock.now());
  try {
    const db = connectForWriting(path);
    try {
      return assemble(db, path, lock, clock);
    } catch (error) {
      db.close();
      throw error;
    }
  } catch (error) {
    lock.release();
    throw error;
  }
}

/** A read-only connection for the queries; works beside a writer. Errors as `openStore`, but never `store.held`. */
export function openReadOnly(dataFolder: string): Database {
  return connectForReading(storePath(dataFolder));
}

function assemble(db: Database, path: string, lock: WriterLock, clock: { now(): number }): Store {
  translating(path, () => migrate(db));
  const startCheck = checkAtStart(db, path);
  const session = translating(path, () => new WriteSession(db, path));
  const settings = new SettingStore(db, path);
  const journal = new StoreJournal(session);
  return {
    path,
    journal,
    bulkJournal: new BulkJournal(journal, session),
    lookups: new StoreLookups(session, settings),
    quota: new StoreQuota(session),
    outbox: new StoreOutbox(session),
    sources: new SourceStore(session),
    profiles: new ProfileStore(session),
    hostKeys: new StoredHostKeys(session),
    certificates: new StoredCertificates(session),
    managerAgents: new ManagerAgents(session),
    publications: new PublicationStore(session),
    scans: new StoredScans(session, clock),
    scanAlerts: new ScanAlerts(session),
    agentKes: new StoredAgentKes(session),
    audit: new StoredAuditTrail(session),
    exclusions: new ExclusionStore(session, clock),
    settings,
    files: new FileActions(session, clock),
    tallies: () => readTallies(db),
    startCheck,
    backUp: (targetPath) => {
      session.finish();
      return backUpStore(db, targetPath);
    },
    close: () => {
      if (!db.open) return;
      session.finish();
      markClosed(db);
      db.close();
      lock.release();
    },
  };
}
