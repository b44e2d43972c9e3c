import { AGENT_STATUSES } from '../../src-shared/domain/agent.ts';
import { visibleText } from '../../src-shared/formats/visible-text.ts';
import { useStatus } from '../app/backend-context.tsx';
import { useQuery } from '../app/use-query.ts';
import { Button } from '../ui/button.tsx';
import { FilterBar } from '../ui/filter-bar.tsx';
import { FilterField } from '../ui/filter-field.tsx';
import { Menu, type MenuGroup } from '../ui/menu.tsx';
import { STATUS_WORDS } from './agent-words.ts';
import styles from './agent-filter-bar.module.css';
import type { AgentListFilter } from './use-agents-address.ts';

interface FilterBarProps {
  readonly filter: AgentListFilter;
  readonly onChange: (filter: AgentListFilter) => void;
}

export function AgentFilterBar({ filter, onChange }: FilterBarProps) {
  const { connections } = useStatus();
  return (
    <FilterBar className={styles.bar}>
      <FilterField
        label="Filter by name, id, address, group or system"
        text={filter.text}
        onChange={(text) => onChange({ ...filter, text })}
      />
      <StatusMenu filter={filter} onChange={onChange} />
      <GroupMenu filter={filter} onChange={onChange} />
      {connections.length > 1 && (
        <OneOfMenu
          label="Connection"
          any="Any connection"
          choices={connections.map(({ name }) => name)}
          value={filter.profile}
          onChoose={(profile) => onChange({ ...filter, profile })}
        />
      )}
    </FilterBar>
  );
}

function StatusMenu({ filter, onChange }: FilterBarProps) {
  const { statuses } = filter;
  const [only] = statuses;
  const words =
    statuses.length === 0
      ? 'Any status'
      : statuses.length === 1 && only
        ? STATUS_WORDS[only]
        : `${statuses.length} statuses`;
  const groups: readonly MenuGroup[] = [
    {
      id: 'status',
      title: 'Status',
      chooses: 'several',
      choices: AGENT_STATUSES.map((status) => ({
        id: status,
        label: STATUS_WORDS[status],
        isChosen: statuses.includes(status),
      })),
    },
  ];
  return (
    <Menu
      label="Status"
      placement="bottom end"
      trigger={<Button>{words}</Button>}
      groups={groups}
      onChoose={(id) =>
        onChange({
          ...filter,
          statuses: AGENT_STATUSES.filter((status) => (status === id) !== statuses.includes(status)),
        })
      }
    />
  );
}

function GroupMenu({ filter, onChange }: FilterBarProps) {
  const groups = useQuery((client, signal) => client.agents.groups(undefined, { signal }), [], {
    everyMs: 10_000,
  });
  const names = groups.data ?? [];
  if (names.length === 0 && filter.group === null) return null;
  return (
    <OneOfMenu
      label="Group"
      any="Any group"
      choices={names}
      value={filter.group}
      onChoose={(group) => onChange({ ...filter, group })}
    />
  );
}

interface OneOfMenuProps {
  readonly label: string;
  /** What stands for no choice. */
  readonly any: string;
  readonly choices: readonly string[];
  readonly value: string | null;
  readonly onChoose: (value: string | null) => void;
}

/** What a name is behind, so that no agent's group can be mistaken for "any". */
const NAMED = 'named:';

function OneOfMenu({ label, any, choices, value, onChoose }: OneOfMenuProps) {
  return (
    <Menu
      label={label}
      placement="bottom end"
      trigger={<Button>{value === null ? any : visibleText(value)}</Button>}
      groups={[
        {
          id: 'one',
          title: label,
          chooses: 'one',
          choices: [
            { id: 'any', label: any, isChosen: value === null },
            ...choices.map((name) => ({
              id: `${NAMED}${name}`,
              label: visibleText(name),
              isChosen: name === value,
            })),
          ],
        },
      ]}
      onChoose={(id) => onChoose(id.startsWith(NAMED) ? id.slice(NAMED.length) : null)}
    />
  );
}
