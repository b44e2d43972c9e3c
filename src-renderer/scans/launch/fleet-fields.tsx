import { useState } from 'react';
import type { FleetRules } from '../../../src-shared/domain/scan.ts';
import { Button } from '../../ui/button.tsx';
import { Checkbox } from '../../ui/checkbox.tsx';
import { Disclosure } from '../../ui/disclosure.tsx';
import { Field } from '../../ui/field.tsx';
import { Menu } from '../../ui/menu.tsx';
import styles from './fleet-fields.module.css';
import { rulesWords, WAIT_CHOICES, waitWords } from './fleet-words.ts';

interface FleetFieldsProps {
  readonly rules: FleetRules;
  readonly agents: number;
  readonly onChange: (rules: FleetRules) => void;
}

/** The pace over many agents, and what becomes of those that are away. */
export function FleetFields({ rules, agents, onChange }: FleetFieldsProps) {
  const [isOpen, setOpen] = useState(false);
  const isMany = agents > 1;
  return (
    <Disclosure
      title={isMany ? 'Pace and agents that are away' : 'If the agent is away'}
      fact={rulesWords(rules, isMany)}
      isExpanded={isOpen}
      onExpandedChange={setOpen}
    >
      {isMany && (
        <>
          <div className={styles.pair}>
            <Count
              label="At once"
              value={rules.atOnce}
              range={[1, 100]}
              onChange={(atOnce) => onChange({ ...rules, atOnce })}
            />
            <Count
              label="Seconds between two"
              value={rules.pauseSeconds}
              range={[0, 3600]}
              onChange={(pauseSeconds) => onChange({ ...rules, pauseSeconds })}
            />
          </div>
          <Checkbox isSelected={rules.canary} onChange={(canary) => onChange({ ...rules, canary })}>
            One agent first; the others follow when it ended without failing
          </Checkbox>
        </>
      )}
      <div className={styles.wait}>
        <span>Agents that are away</span>
        <Menu
          label="Agents that are away"
          trigger={<Button size="small">{waitWords(rules.waitHours)}</Button>}
          groups={[
            {
              id: 'wait',
              title: 'Agents that are away',
              chooses: 'one',
              choices: WAIT_CHOICES.map((hours) => ({
                id: String(hours),
                label: waitWords(hours),
                isChosen: hours === rules.waitHours,
              })),
            },
          ]}
          onChoose={(hours) => onChange({ ...rules, waitHours: Number(hours) })}
        />
      </div>
    </Disclosure>
  );
}

interface CountProps {
  readonly label: string;
  readonly value: number;
  readonly range: readonly [least: number, most: number];
  readonly onChange: (value: number) => void;
}

/** A whole number within its range; what is typed on the way there stays in the field. */
function Count({ label, value, range: [least, most], onChange }: CountProps) {
  const [typed, setTyped] = useState(String(value));
  const number = Number(typed);
  const isFine = typed.trim() !== '' && Number.isInteger(number) && number >= least && number <= most;
  return (
    <Field
      label={label}
      type="number"
      min={least}
      max={most}
      value={typed}
      error={isFine ? null : `From ${least} to ${most.toLocaleString('en-US')}.`}
      onChange={(text) => {
        setTyped(text);
        const next = Number(text);
        if (text.trim() !== '' && Number.isInteger(next) && next >= least && next <= most) onChange(next);
      }}
    />
  );
}
