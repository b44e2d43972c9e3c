import { os, type CoreParts } from './core-parts.ts';

/** Agents as their managers and the alerts know them, from what the store holds. */
export function bindAgents({ reader, connections }: CoreParts) {
  const of = os.agents;
  return {
    list: of.list.handler(({ input, signal }) => reader.ask('agentPage', input, signal)),
    listings: of.listings.handler(({ signal }) => reader.ask('agentListings', null, signal)),
    groups: of.groups.handler(({ signal }) => reader.ask('agentGroups', null, signal)),
    get: of.get.handler(({ input, signal }) => reader.ask('agent', input, signal)),
    refresh: of.refresh.handler(({ input }) => connections.refreshAgents(input.profileId)),
  };
}
