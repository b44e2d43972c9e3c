import { array, assert, integer, property, record, string, tuple } from 'fast-check';
import { createHash } from 'node:crypto';
import { expect, test } from 'vitest';
import { auditHash, firstBreak, NO_HASH_BEFORE, printAudit } from '../../../src-shared/domain/audit-chain.ts';
import type { AuditEntry } from '../../../src-shared/ipc/scans.ts';

const sha256 = (text: string) => createHash('sha256').update(text).digest('hex');

type Said = Pick<AuditEntry, 'who' | 'deed' | 'detail'>;
const said = record({ who: string(), deed: string(), detail: string() });

function chain(all: readonly Said[]): AuditEntry[] {
  const entries: AuditEntry[] = [];
  for (const [index, words] of all.entries()) {
    const next = { sequence: index + 1, at: `2026-11-21T10:00:${index}Z`, ...words };
    entries.push({ ...next, hash: auditHash(next, entries.at(-1)?.hash ?? NO_HASH_BEFORE, sha256) });
  }
  return entries;
}

test('a chain holds as it was written', () => {
  assert(
    property(array(said), (all) => {
      expect(firstBreak(chain(all), sha256)).toBeNull();
    }),
  );
});

test('any entry that is changed, left out, doubled or moved shows', () => {
  const meddled = tuple(array(said, { minLength: 2, maxLength: 8 }), integer({ min: 0, max: 100 }));
  assert(
    property(meddled, ([all, number]) => {
      const entries = chain(all);
      const at = number % entries.length;
      const entry = entries[at];
      if (!entry) return;
      const changed = entries.with(at, { ...entry, detail: `${entry.detail}.` });
      expect(firstBreak(changed, sha256)).toBe(at + 1);
      expect(firstBreak(entries.with(at, { ...entry, who: entry.who + entry.deed, deed: '' }), sha256)).toBe(
        entry.deed === '' ? null : at + 1,
      );
      expect(firstBreak(entries.toSpliced(at, 0, entry), sha256)).not.toBeNull();
      // The newest one can be cut off unseen: the store's counter and an export kept elsewhere tell that.
      const isLast = at === entries.length - 1;
      expect(firstBreak(entries.toSpliced(at, 1), sha256)).toBe(isLast ? null : at + 1);
    }),
  );
});

test('an entry hashed anew breaks the chain at the one after it', () => {
  const entries = chain([
    { who: 'ines.k', deed: 'scan full', detail: '2 agents' },
    { who: 'ines.k', deed: 'scan cancel', detail: 'scan 1' },
  ]);
  const [first, second] = entries;
  if (!first || !second) throw new Error('no entries');
  const forged = { ...first, who: 'somebody' };
  const rehashed = { ...forged, hash: auditHash(forged, NO_HASH_BEFORE, sha256) };
  expect(firstBreak([rehashed, second], sha256)).toBe(2);
});

test('an export says how to verify it, and can be verified so', () => {
  const entries = chain([
    { who: 'ines.k', deed: 'scan file', detail: '/srv/ü "x"\n\u2028' },
    { who: 'ines.k', deed: 'order cancel', detail: 'order 1' },
  ]);
  const [head = '', ...lines] = printAudit(entries, '2026-11-22T00:00:00Z').trimEnd().split('\n');
  expect(JSON.parse(head)).toMatchObject({ format: 'verdict-desk-audit', version: 1 });
  let before = '0'.repeat(64);
  for (const line of lines) {
    const { sequence, at, who, deed, detail, hash } = JSON.parse(line);
    before = sha256(`${before}\n${JSON.stringify([sequence, at, who, deed, detail])}`);
    expect(hash).toBe(before);
  }
  expect(lines).toHaveLength(2);
});
