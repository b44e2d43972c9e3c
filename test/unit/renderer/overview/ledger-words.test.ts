import { describe, expect, it } from 'vitest';
import { describeBar, ledgerParts, unaccounted } from '../../../../src-renderer/overview/ledger-words.ts';
import type { LedgerDetail } from '../../../../src-shared/domain/ledger.ts';

const ledger: LedgerDetail = {
  fimEvents: 48_211,
  states: { answered: 7904, fromStore: 36_188, queued: 541, muted: 1264, notLookable: 2314 },
  queuedFiles: 312,
  muteRules: 4,
  reasons: { deleted: 1420, 'no-hash': 611, 'empty-file': 187, registry: 0, excluded: 96 },
};

describe('the accounted-for sum', () => {
  it('is equal when every event is in one state', () => {
    expect(unaccounted(ledger)).toBe(0);
  });

  it('tells how many events are missing, or count twice', () => {
    expect(unaccounted({ ...ledger, fimEvents: 48_214 })).toBe(3);
    expect(unaccounted({ ...ledger, fimEvents: 48_210 })).toBe(-1);
  });

  it('says what stands behind each part', () => {
    expect(ledgerParts(ledger).map(({ note }) => note)).toEqual([
      'one per distinct file',
      'no quota spent',
      '312 files',
      '4 rules of yours',
      'deleted, no hash',
    ]);
  });

  it('names the two reasons that weigh most', () => {
    const reasons = { deleted: 0, 'no-hash': 3, 'empty-file': 9, registry: 0, excluded: 5 };
    expect(ledgerParts({ ...ledger, reasons }).at(-1)?.note).toBe('empty file, excluded');
  });

  it('can be read out with its shares', () => {
    expect(describeBar(ledgerParts(ledger), ledger.fimEvents)).toBe(
      'Looked up 16.4 %, From the store 75.1 %, Queued 1.1 %, Muted 2.6 %, Not lookable 4.8 %',
    );
  });
});
