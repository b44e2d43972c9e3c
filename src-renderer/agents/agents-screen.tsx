import { useReportFailure } from '../app/report-failure.tsx';
import { useCommand } from '../app/use-command.ts';
import { useQuery } from '../app/use-query.ts';
import { announce } from '../ui/announce.ts';
import { Button } from '../ui/button.tsx';
import { countOf, formatNumber } from '../ui/format.ts';
import { PageHead } from '../ui/page-head.tsx';
import { AgentsBoard } from './agents-board.tsx';
import { useAgentList } from './use-agent-list.ts';
import { useAgentsAddress } from './use-agents-address.ts';

/** Every agent of every manager: whether it reports, and what its files are worth. */
export function AgentsScreen() {
  const address = useAgentsAddress();
  const list = useAgentList(address.filter);
  const active = useQuery(
    (client, signal) => client.agents.list({ filter: { statuses: ['active'] }, limit: 1 }, { signal }),
    [],
    { everyMs: 5000 },
  );
  const listings = useQuery((client, signal) => client.agents.listings(undefined, { signal }), []);
  const report = useReportFailure();
  const refresh = useCommand(async (client) => {
    try {
      await client.agents.refresh({ profileId: null });
      announce('The managers were asked for their agents.');
    } catch (error) {
      report(error);
    }
  });
  return (
    <>
      <PageHead
        title="Agents"
        fact={list.rows && factWords(list.total, active.data?.matching ?? null)}
        actions={
          <Button icon="again" onPress={() => void refresh.run()} isPending={refresh.isRunning}>
            Ask the managers again
          </Button>
        }
      />
      <AgentsBoard address={address} list={list} listings={listings.data ?? []} />
    </>
  );
}

function factWords(total: number, active: number | null): string {
  if (total === 0) return 'none known';
  return active === null
    ? countOf(total, 'agent')
    : `${countOf(total, 'agent')}, ${formatNumber(active)} active`;
}
