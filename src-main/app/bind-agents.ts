import { os } from './core-parts.ts';

/** Agents as their managers know them, from what the store holds. */
export function bindAgents() {
  const of = os.agents;
  return {
    list: of.list.handler(() => ({ rows: [], nextCursor: null, matching: 0, total: 0 })),
    listings: of.listings.handler(() => []),
    groups: of.groups.handler(() => []),
    get: of.get.handler(() => null),
    refresh: of.refresh.handler(() => undefined),
  };
}
