import { useEffect, useEffectEvent, useState } from 'react';
import type { Standing } from '../../src-shared/domain/outcome.ts';
import { Input, SearchField } from 'react-aria-components';
import { visibleText } from '../../src-shared/formats/visible-text.ts';
import { useQuery } from '../app/use-query.ts';
import { Button } from '../ui/button.tsx';
import { classes } from '../ui/classes.ts';
import { Icon } from '../ui/icon.tsx';
import { Menu, type MenuGroup } from '../ui/menu.tsx';
import { STANDING_WORDS } from '../ui/outcome.tsx';
import styles from './filter-bar.module.css';
import { standingsWithin, timeWords, type ListFilter, type TimeSpan } from './list-filter.ts';
import { RangeDialog } from './range-dialog.tsx';

interface FilterBarProps {
  readonly filter: ListFilter;
  readonly onChange: (filter: ListFilter) => void;
}

/** Letters typed within this time are one question. */
const TYPING_MS = 200;
const TEXT_LIMIT = 512;

export function FilterBar({ filter, onChange }: FilterBarProps) {
  return (
    <div className={styles.bar}>
      <FilterText text={filter.text} onChange={(text) => onChange({ ...filter, text })} />
      <TimeMenu time={filter.time} onChange={(time) => onChange({ ...filter, time })} />
      <AddMenu filter={filter} onChange={onChange} />
    </div>
  );
}

/** Asks for what was typed after a short rest; follows the address when that changes on its own. */
function FilterText({
  text,
  onChange,
}: {
  readonly text: string;
  readonly onChange: (text: string) => void;
}) {
  const [typed, setTyped] = useState(text);
  const [asked, setAsked] = useState(text);
  if (asked !== text) {
    setAsked(text);
    setTyped(text);
  }
  const ask = useEffectEvent((wanted: string) => {
    if (wanted === text) return;
    setAsked(wanted);
    onChange(wanted);
  });
  useEffect(() => {
    const timer = setTimeout(() => ask(typed.trim()), TYPING_MS);
    return () => clearTimeout(timer);
  }, [typed]);
  return (
    <SearchField
      aria-label="Filter by path, hash or agent"
      className={classes(styles.search)}
      value={typed}
      onChange={setTyped}
    >
      <Icon name="filter" />
      <Input
        className={classes(styles.input)}
        placeholder="Filter by path, hash or agent"
        maxLength={TEXT_LIMIT}
        spellCheck={false}
        autoComplete="off"
      />
      {typed !== '' && <Button kind="plain" size="small" icon="close" aria-label="Clear filter" />}
    </SearchField>
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
