import { useEffect, useEffectEvent, useState } from 'react';
import { Input, SearchField } from 'react-aria-components';
import { Button } from './button.tsx';
import { classes } from './classes.ts';
import styles from './filter-field.module.css';
import { Icon } from './icon.tsx';

interface FilterFieldProps {
  /** What it filters by; stands in the empty field, too. */
  readonly label: string;
  readonly text: string;
  readonly onChange: (text: string) => void;
}

/** Letters typed within this time are one question. */
const TYPING_MS = 200;
const TEXT_LIMIT = 512;

/** Narrows a list to a text: asks for what was typed after a short rest, and follows `text` when that changes on its own. */
export function FilterField({ label, text, onChange }: FilterFieldProps) {
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
    <SearchField aria-label={label} className={classes(styles.search)} value={typed} onChange={setTyped}>
      <Icon name="filter" />
      <Input
        className={classes(styles.input)}
        placeholder={label}
        maxLength={TEXT_LIMIT}
        spellCheck={false}
        autoComplete="off"
      />
      {typed !== '' && <Button kind="plain" size="small" icon="close" aria-label="Clear filter" />}
    </SearchField>
  );
}
