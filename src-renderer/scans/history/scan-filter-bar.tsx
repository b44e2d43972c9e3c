import { SCAN_KINDS, SCAN_STATES } from '../../../src-shared/domain/scan.ts';
import { KIND_WORDS } from '../../../src-shared/domain/scan-words.ts';
import { visibleText } from '../../../src-shared/formats/visible-text.ts';
import { STATE_WORDS } from '../../app/scans/scan-words.ts';
import { Button } from '../../ui/button.tsx';
import { Checkbox } from '../../ui/checkbox.tsx';
import { FilterBar } from '../../ui/filter-bar.tsx';
import { FilterField } from '../../ui/filter-field.tsx';
import { Menu } from '../../ui/menu.tsx';
import styles from './scan-filter-bar.module.css';
import { isNarrowed, NO_FILTER, type HistoryFilter } from './scan-filter.ts';

interface FilterBarProps {
  readonly filter: HistoryFilter;
  readonly onChange: (filter: HistoryFilter) => void;
}

export function ScanFilterBar({ filter, onChange }: FilterBarProps) {
  const { states, kinds, agent, order } = filter;
  return (
    <FilterBar className={styles.bar}>
      <FilterField
        label="Filter by agent, path, person or result"
        text={filter.text}
        onChange={(text) => onChange({ ...filter, text })}
      />
      <SeveralMenu
        label="State"
        any="Any state"
        choices={SCAN_STATES}
        words={STATE_WORDS}
        chosen={states}
        onChoose={(next) => onChange({ ...filter, states: next })}
      />
      <SeveralMenu
        label="Kind"
        any="Any kind"
        choices={SCAN_KINDS}
        words={KIND_WORDS}
        chosen={kinds}
        onChoose={(next) => onChange({ ...filter, kinds: next })}
      />
      <Checkbox
        isSelected={filter.onlyAutomatic}
        onChange={(onlyAutomatic) => onChange({ ...filter, onlyAutomatic })}
      >
        Automatic only
      </Checkbox>
      {agent && (
        <Button size="small" icon="close" onPress={() => onChange({ ...filter, agent: null })}>
          Agent {visibleText(agent.agentId)} of {visibleText(agent.profile)}
        </Button>
      )}
      {order !== null && (
        <Button size="small" icon="close" onPress={() => onChange({ ...filter, order: null })}>
          Asked for together
        </Button>
      )}
      {isNarrowed(filter) && (
        <Button size="small" kind="plain" onPress={() => onChange(NO_FILTER)}>
          Clear
        </Button>
      )}
    </FilterBar>
  );
}

interface SeveralMenuProps<Word extends string> {
  readonly label: string;
  /** What stands for no choice. */
  readonly any: string;
  readonly choices: readonly Word[];
  readonly words: Readonly<Record<Word, string>>;
  readonly chosen: readonly Word[];
  readonly onChoose: (chosen: readonly Word[]) => void;
}

function SeveralMenu<Word extends string>(props: SeveralMenuProps<Word>) {
  const { label, any, choices, words, chosen, onChoose } = props;
  const [only] = chosen;
  const title =
    only === undefined ? any : chosen.length === 1 ? words[only] : `${chosen.length} of ${choices.length}`;
  return (
    <Menu
      label={label}
      placement="bottom end"
      trigger={<Button aria-label={`${label}: ${title}`}>{title}</Button>}
      groups={[
        {
          id: 'several',
          title: label,
          chooses: 'several',
          choices: choices.map((word) => ({ id: word, label: words[word], isChosen: chosen.includes(word) })),
        },
      ]}
      onChoose={(id) => onChoose(choices.filter((word) => (word === id) !== chosen.includes(word)))}
    />
  );
}
