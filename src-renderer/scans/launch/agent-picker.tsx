import { useId, useState, type KeyboardEvent } from 'react';
import { ComboBox, Input, Tag, TagGroup, TagList } from 'react-aria-components';
import { Button as AriaButton } from 'react-aria-components/Button';
import { visibleText } from '../../../src-shared/formats/visible-text.ts';
import type { AgentChoice, LaunchDraft } from '../../app/scans/launch-draft.ts';
import { classes } from '../../ui/classes.ts';
import field from '../../ui/field.module.css';
import { formatNumber } from '../../ui/format.ts';
import { Icon } from '../../ui/icon.tsx';
import { OptionList } from '../../ui/option-list.tsx';
import styles from './agent-picker.module.css';
import { useAgentOptions, type AgentOption } from './use-agent-options.ts';

interface AgentPickerProps {
  readonly draft: LaunchDraft;
  readonly problem: string | null;
  readonly onChange: (part: Partial<LaunchDraft>) => void;
}

/** The chosen agents as chips, and a field that finds more: by name, address or id, by group, by the file they hold. */
export function AgentPicker({ draft, problem, onChange }: AgentPickerProps) {
  const { choices } = draft;
  const [text, setText] = useState('');
  // For a moment an option is the value: that closes the list. Then the field is empty for the next one.
  const [picked, setPicked] = useState<string | null>(null);
  const labelId = useId();
  const errorId = useId();
  const { options, firstOption, withOption } = useAgentOptions(text.trim(), draft);
  const pick = async (option: AgentOption | null) => {
    if (!option) return;
    setPicked(option.id);
    const part = await withOption(option);
    if (part) onChange(part);
    setPicked(null);
  };
  /** Enter takes the first that is found when none of the list is highlighted, also before it stands there. */
  const takeFirst = (event: KeyboardEvent<HTMLInputElement>) => {
    const isHighlighted = event.currentTarget.hasAttribute('aria-activedescendant');
    if (event.key !== 'Enter' || isHighlighted || text.trim() === '') return;
    event.preventDefault();
    void firstOption().then(pick);
  };
  return (
    <div className={field.field} data-invalid={problem === null ? undefined : true}>
      <span id={labelId} className={field.label}>
        Agents
      </span>
      <div className={styles.box}>
        {choices.length > 0 && (
          <Chips
            choices={choices}
            onRemove={(ids) => onChange({ choices: choices.filter(({ id }) => !ids.has(id)) })}
          />
        )}
        <ComboBox
          aria-labelledby={labelId}
          className={classes(styles.combo)}
          onInputChange={setText}
          value={picked}
          onChange={(key) => {
            if (key !== null) void pick(options.find(({ id }) => id === key) ?? null);
          }}
          items={options}
          menuTrigger="focus"
          isInvalid={problem !== null}
          validationBehavior="aria"
        >
          <Input
            className={classes(styles.input)}
            placeholder="Add agent or group"
            spellCheck={false}
            maxLength={255}
            onKeyDown={takeFirst}
            {...(problem === null ? {} : { 'aria-describedby': errorId })}
          />
          <OptionList cuts="label" offset={6} className={styles.popover} />
        </ComboBox>
      </div>
      {problem !== null && (
        <p id={errorId} className={field.error}>
          {problem}
        </p>
      )}
    </div>
  );
}

interface ChipsProps {
  readonly choices: readonly AgentChoice[];
  readonly onRemove: (ids: ReadonlySet<string | number>) => void;
}

function Chips({ choices, onRemove }: ChipsProps) {
  return (
    <TagGroup aria-label="Chosen agents" onRemove={onRemove} className={classes(styles.group)}>
      <TagList className={classes(styles.chips)} items={choices}>
        {(choice) => {
          const label = visibleText(choice.label);
          return (
            <Tag id={choice.id} textValue={label} className={classes(styles.chip)}>
              <span className={styles.chipName} title={label}>
                {label}
              </span>
              {choice.agents.length !== 1 && (
                <span className={styles.size}>{formatNumber(choice.agents.length)}</span>
              )}
              <AriaButton slot="remove" className={classes(styles.remove)}>
                <Icon name="close" size="tiny" />
              </AriaButton>
            </Tag>
          );
        }}
      </TagList>
    </TagGroup>
  );
}
