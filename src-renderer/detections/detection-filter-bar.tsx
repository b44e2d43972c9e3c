import { useState } from 'react';
import type { Standing } from '../../src-shared/domain/outcome.ts';
import { visibleText } from '../../src-shared/formats/visible-text.ts';
import { useQuery } from '../app/use-query.ts';
import { Button } from '../ui/button.tsx';
import { FilterBar } from '../ui/filter-bar.tsx';
import { FilterField } from '../ui/filter-field.tsx';
import { Menu, type MenuGroup } from '../ui/menu.tsx';
import { STANDING_WORDS } from '../ui/outcome.tsx';
import { standingsWithin, timeWords, type ListFilter, type TimeSpan } from './list-filter.ts';
import { RangeDialog } from './range-dialog.tsx';

interface FilterBarProps {
  readonly filter: ListFilter;
  readonly onChange: (filter: ListFilter) => void;
}

export function DetectionFilterBar({ filter, onChange }: FilterBarProps) {
  return (
    <FilterBar>
      <FilterField
        label="Filter by path, hash or agent"
        text={filter.text}
        onChange={(text) => onChange({ ...filter, text })}
      />
      <TimeMenu time={filter.time} onChange={(time) => onChange({ ...filter, time })} />
      <AddMenu filter={filter} onChange={onChange} />
    </FilterBar>
  );
}

interface TimeMenuProps {
  readonly time: TimeSpan;
  readonly onChange: (time: TimeSpan) => void;
}

const SPANS: Readonly<Record<string, TimeSpan>> = {
  any: { kind: 'any' },
  today: { kind: 'today' },
  week: { kind: 'days', days: 7 },
  month: { kind: 'days', days: 30 },
};

function TimeMenu({ time, onChange }: TimeMenuProps) {
  const [isRangeOpen, setRangeOpen] = useState(false);
  const words = timeWords(time);
  const choices = Object.entries(SPANS).map(([id, span]) => ({
    id,
    label: timeWords(span),
    isChosen: timeWords(span) === words,
  }));
  return (
    <>
      <Menu
        label="When it last happened"
        placement="bottom end"
        trigger={<Button icon="clock">{words}</Button>}
        groups={[
          { id: 'spans', title: 'Judged or seen', chooses: 'one', choices },
          { id: 'range', choices: [{ id: 'range', label: 'Custom range…' }] },
        ]}
        onChoose={(id) => {
          const span = SPANS[id];
          if (span) onChange(span);
          else setRangeOpen(true);
        }}
      />
      {isRangeOpen && (
        <RangeDialog
          time={time}
          onClose={() => setRangeOpen(false)}
          onChoose={(range) => {
            setRangeOpen(false);
            onChange(range);
          }}
        />
      )}
    </>
  );
}

/** Outcome and agent, added as chips. */
function AddMenu({ filter, onChange }: FilterBarProps) {
  const agents = useQuery((client, signal) => client.detections.agents(undefined, { signal }), [], {
    everyMs: 10_000,
  });
  const standings = standingsWithin(filter.view);
  const groups: MenuGroup[] = [];
  if (standings.length > 0) {
    groups.push({
      id: 'outcome',
      title: 'Outcome',
      chooses: 'several',
      choices: standings.map((standing) => ({
        id: standing,
        label: STANDING_WORDS[standing],
        isChosen: filter.standings.includes(standing),
      })),
    });
  }
  groups.push({
    id: 'agent',
    title: 'Agent',
    chooses: 'one',
    choices: (agents.data ?? []).map((name) => ({
      id: `agent:${name}`,
      label: visibleText(name),
      isChosen: name === filter.agentName,
    })),
  });
  if ((agents.data ?? []).length === 0) {
    groups[groups.length - 1] = {
      id: 'agent',
      title: 'Agent',
      choices: [{ id: 'none', label: 'No agent seen yet', isDisabled: true }],
    };
  }
  return (
    <Menu
      label="Add a filter"
      placement="bottom end"
      trigger={<Button icon="plus" aria-label="Add a filter" />}
      groups={groups}
      onChoose={(id, group) => {
        if (group === 'outcome') onChange(toggleStanding(filter, id));
        else onChange(toggleAgent(filter, id.slice('agent:'.length)));
      }}
    />
  );
}

function toggleStanding(filter: ListFilter, id: string): ListFilter {
  const standing = standingsWithin(filter.view).find((known): known is Standing => known === id);
  if (!standing) return filter;
  const standings = filter.standings.includes(standing)
    ? filter.standings.filter((other) => other !== standing)
    : [...filter.standings, standing];
  return { ...filter, standings };
}

function toggleAgent(filter: ListFilter, name: string): ListFilter {
  return { ...filter, agentName: filter.agentName === name ? null : name };
}
