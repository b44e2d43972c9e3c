import { array, assert, property } from 'fast-check';
import { expect, test } from 'vitest';
import { ledgerSum } from '../../../src-shared/domain/ledger.ts';
import { anyAct, StoreWorld } from './store-world.ts';

test('the ledger equals a recount of the rows, whatever happens in whatever order', () => {
  expect.hasAssertions();
  assert(
    property(array(anyAct, { maxLength: 40 }), (acts) => {
      const world = new StoreWorld();
      try {
        for (const act of acts) world.act(act);
        const stock = world.takeStock();
        expect(ledgerSum(stock.ledger.states)).toBe(stock.distinctEvents);
        expect(stock.tallies).toEqual(stock.recounted);
        expect(stock.agents).toEqual(stock.recountedAgents);
        expect(stock.sightings.stored).toEqual(stock.sightings.recounted);
        expect(stock.answers).toEqual(stock.recountedAnswers);
        expect(stock.forgottenFiles).toEqual([]);
        expect(stock.twiceHeldSha256).toEqual([]);
        expect(stock.brokenReferences).toEqual([]);
      } finally {
        world.end();
      }
    }),
    { numRuns: 150 },
  );
});
