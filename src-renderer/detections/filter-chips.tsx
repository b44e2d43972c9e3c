import { visibleText } from '../../src-shared/formats/visible-text.ts';
import { Tag, TagGroup, TagList } from 'react-aria-components';
import { Button } from '../ui/button.tsx';
import { classes } from '../ui/classes.ts';
import { STANDING_WORDS } from '../ui/outcome.tsx';
import { TextButton } from '../ui/text-button.tsx';
import styles from './filter-chips.module.css';
import { ANY_TIME, emptyFilter, timeWords, type ListFilter } from './list-filter.ts';

interface FilterChipsProps {
  readonly filter: ListFilter;
  readonly onChange: (filter: ListFilter) => void;
}

interface Chip {
  readonly id: string;
  readonly name: string;
  readonly value: string;
  readonly without: ListFilter;
}

/** What narrows the view beyond the text box, each removable; nothing at all while nothing does. */
export function FilterChips({ filter, onChange }: FilterChipsProps) {
  const chips = chipsOf(filter);
  if (chips.length === 0) return null;
  return (
    <div className={styles.chips}>
      <TagGroup
        aria-label="Filters"
        className={classes(styles.group)}
        onRemove={(keys) => {
          const chip = chips.find(({ id }) => keys.has(id));
          if (chip) onChange(chip.without);
        }}
      >
        <TagList className={classes(styles.list)} items={chips}>
          {(chip) => (
            <Tag id={chip.id} textValue={`${chip.name} ${chip.value}`} className={classes(styles.chip)}>
              <span className={styles.name}>{chip.name}</span>
              {chip.value}
              <Button
                slot="remove"
                kind="plain"
                size="small"
                icon="close"
                aria-label={`Remove ${chip.name} ${chip.value}`}
              />
            </Tag>
          )}
        </TagList>
      </TagGroup>
      <TextButton onPress={() => onChange({ ...emptyFilter(filter.view), text: filter.text })}>
        Clear all
      </TextButton>
    </div>
  );
}

function chipsOf(filter: ListFilter): Chip[] {
  const chips: Chip[] = filter.standings.map((standing) => ({
    id: standing,
    name: 'Outcome',
    value: STANDING_WORDS[standing],
    without: { ...filter, standings: filter.standings.filter((other) => other !== standing) },
  }));
  if (filter.agentName !== null) {
    chips.push({
      id: 'agent',
      name: 'Agent',
      value: visibleText(filter.agentName),
      without: { ...filter, agentName: null },
    });
  }
  if (filter.time.kind !== 'any') {
    chips.push({
      id: 'time',
      name: 'Time',
      value: timeWords(filter.time),
      without: { ...filter, time: ANY_TIME },
    });
  }
  return chips;
}
