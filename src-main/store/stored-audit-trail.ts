import { auditHash, NO_HASH_BEFORE } from '../../src-shared/domain/audit-chain.ts';
import type { AuditTrail } from '../kes/scan-store.ts';
import { toIso } from './queries/statements.ts';
import { sha256 } from './sha256.ts';
import type { WriteSession } from './write-session.ts';

/** Room for the names of a thousand agents and more. */
const LONGEST_TEXT = 65_536;

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
  const isLong = text.length > LONGEST_TEXT;
  return isLong ? `${text.slice(0, LONGEST_TEXT).toWellFormed()} … (cut)` : text.toWellFormed();
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
