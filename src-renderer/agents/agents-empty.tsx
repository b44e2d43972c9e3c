import { useStatus } from '../app/backend-context.tsx';
import { connectionsHref } from '../app/routes.ts';
import { Button } from '../ui/button.tsx';
import { ButtonLink } from '../ui/button-link.tsx';
import { EmptyState } from '../ui/empty-state.tsx';
import { countOf } from '../ui/format.ts';
import { isNarrowed, NO_FILTER, type AgentListFilter } from './use-agents-address.ts';

interface AgentsEmptyProps {
  readonly filter: AgentListFilter;
  /** Agents known in all. */
  readonly total: number;
  readonly onFilter: (filter: AgentListFilter) => void;
}

/** Why no agent is listed, and the next step. */
export function AgentsEmpty({ filter, total, onFilter }: AgentsEmptyProps) {
  return isNarrowed(filter) ? (
    <EmptyState
      title={filter.text.trim() ? `Nothing matches “${filter.text.trim()}”` : 'Nothing matches these filters'}
      actions={<Button onPress={() => onFilter(NO_FILTER)}>Clear filter</Button>}
    >
      {total === 1 ? '1 agent is known.' : `${countOf(total, 'agent')} are known.`} Names, ids, addresses,
      groups and systems are searched.
    </EmptyState>
  ) : (
    <NoneKnown />
  );
}

function NoneKnown() {
  const { connections } = useStatus();
  return connections.length === 0 ? (
    <EmptyState
      title="No agents yet"
      actions={
        <ButtonLink icon="plug" href={connectionsHref({ mode: 'add' })}>
          Connect to a manager
        </ButtonLink>
      }
    >
      A manager tells which agents it has. Without one, agents appear here with the first file that they
      report.
    </EmptyState>
  ) : (
    <EmptyState title="No agents yet">
      {countOf(connections.length, 'connection')} {connections.length === 1 ? 'is' : 'are'} set up. Its agents
      appear here once the manager has told them, or with the first file that they report.
    </EmptyState>
  );
}
