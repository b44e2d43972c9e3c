import type { AgentFilter } from '../../../src-shared/ipc/agents.ts';
import type { Sighting } from '../../../src-shared/ipc/detections.ts';
import type { ContractClient } from '../../../src-shared/ipc/index.ts';
import type { ChosenAgent, Holders } from './launch-draft.ts';

const PAGE_ROWS = 1000;
/** The manager lists itself among its agents; it takes no active responses. */
const MANAGER_ID = '000';

/** Every agent that a filter matches, page by page. */
export async function gatherAgents(
  client: ContractClient,
  filter: Partial<AgentFilter>,
): Promise<readonly ChosenAgent[]> {
  const found: ChosenAgent[] = [];
  let cursor: string | null = null;
  do {
    const page = await client.agents.list({ filter, cursor, limit: PAGE_ROWS });
    found.push(...page.rows.map(({ profile, agentId, name }) => ({ profile, agentId, name })));
    cursor = page.nextCursor;
  } while (cursor !== null);
  return found.filter(({ agentId }) => agentId !== MANAGER_ID);
}

const SIGHTINGS_PAGE = 200;
/** Further back than this nobody looks: the newest sightings name the agents that matter. */
const MOST_SIGHTINGS = 10_000;

/** Where a file is, path by path, most agents first; a place that told of its deletion last holds it no more. */
export async function gatherHolders(client: ContractClient, fileId: number): Promise<readonly Holders[]> {
  const newest = new Map<string, Sighting>();
  let before: number | null = null;
  for (let seen = 0; seen < MOST_SIGHTINGS; seen += SIGHTINGS_PAGE) {
    const page: readonly Sighting[] = await client.detections.sightings({
      fileId,
      before,
      limit: SIGHTINGS_PAGE,
    });
    for (const sighting of page) {
      const place = `${sighting.profile}/${sighting.agentId}/${sighting.path}`;
      if (!newest.has(place)) newest.set(place, sighting);
    }
    before = page.at(-1)?.eventId ?? null;
    if (page.length < SIGHTINGS_PAGE || before === null) break;
  }
  return holdersOf([...newest.values()]);
}

export function holdersOf(newest: readonly Sighting[]): readonly Holders[] {
  const there = newest.flatMap(({ profile, agentId, agentName, path, change }) =>
    change === 'deleted' || agentId === null ? [] : [{ path, agent: { profile, agentId, name: agentName } }],
  );
  return [...Map.groupBy(there, ({ path }) => path)]
    .map(([path, places]) => ({ path, agents: places.map(({ agent }) => agent) }))
    .toSorted((a, b) => b.agents.length - a.agents.length);
}
