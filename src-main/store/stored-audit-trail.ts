import { createHash } from 'node:crypto';
import { auditHash, NO_HASH_BEFORE, type Sha256 } from '../../src-shared/domain/audit-chain.ts';
import type { AuditTrail } from '../kes/scan-store.ts';
import { toIso } from './queries/statements.ts';
import type { WriteSession } from './write-session.ts';

const LONGEST_TEXT = 4_000;

export const sha256: Sha256 = (text) => createHash('sha256').update(text, 'utf8').digest('hex');

/** Who asked what and when. Triggers refuse every change of what is written. */
export class StoredAuditTrail implements AuditTrail {
  readonly #session: WriteSession;
  readonly #statements: ReturnType<typeof prepareStatements>;

  constructor(session: WriteSession) {
    this.#session = session;
    this.#statements = prepareStatements(session);
  }

  append(entry: Parameters<AuditTrail['append']>[0], nowMs: number): void {
    this.#session.run(() => {
      const last = this.#statements.last.get() ?? { sequence: 0, hash: NO_HASH_BEFORE };
      const next = {
        sequence: last.sequence + 1,
        at: toIso(nowMs),
        who: storableText(entry.who),
        deed: storableText(entry.deed),
        detail: storableText(entry.detail),
      };
      this.#statements.add.run({ ...next, hash: auditHash(next, last.hash, sha256) });
      this.#session.tally.add('audit_entries', 1);
    });
  }
}

/** What does not survive a round trip through UTF-8 would break the chain by itself. */
function storableText(text: string): string {
  return text.slice(0, LONGEST_TEXT).toWellFormed();
}

function prepareStatements({ db }: WriteSession) {
  return {
    last: db.prepare<[], { sequence: number; hash: string }>(
      'SELECT sequence, hash FROM audit_entry ORDER BY sequence DESC LIMIT 1',
    ),
    add: db.prepare<[Readonly<Record<string, string | number>>]>(
      'INSERT INTO audit_entry (sequence, at, who, deed, detail, hash) VALUES (@sequence, @at, @who, @deed, @detail, @hash)',
    ),
  };
}
