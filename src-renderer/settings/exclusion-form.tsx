import { useState, type FormEvent } from 'react';
import type { Settings } from '../../src-shared/ipc/settings.ts';
import { useCommand } from '../app/use-command.ts';
import { Button } from '../ui/button.tsx';
import { ErrorNotice } from '../ui/error-notice.tsx';
import { Field } from '../ui/field.tsx';
import { countOf } from '../ui/format.ts';
import { Segments } from '../ui/segments.tsx';
import styles from './exclusion-form.module.css';
import {
  EFFECT_NAMES,
  KIND_EXAMPLES,
  KIND_HELP,
  KIND_NAMES,
  ruleProblem,
  ruleWarning,
  type Effect,
  type Kind,
} from './exclusion-words.ts';

const EFFECTS = [
  { value: 'mute', label: EFFECT_NAMES.mute },
  { value: 'exclude', label: EFFECT_NAMES.exclude },
] as const;
const KINDS = (['path', 'extension', 'agent', 'hash'] as const).map((value) => ({
  value,
  label: KIND_NAMES[value],
}));

/** A new rule; what is wrong with it is said while it is typed. */
export function ExclusionForm({ rules }: { readonly rules: Settings['exclusions'] }) {
  const form = useExclusionForm(rules);
  const submit = (event: FormEvent) => {
    event.preventDefault();
    void form.submit();
  };
  return (
    <form className={styles.form} onSubmit={submit} noValidate>
      <div className={styles.choices}>
        <Segments label="Effect" segments={EFFECTS} value={form.effect} onChange={form.setEffect} />
        <Segments label="Covers" segments={KINDS} value={form.kind} onChange={form.setKind} />
      </div>
      <Field
        label={KIND_NAMES[form.kind]}
        isCode
        value={form.pattern}
        onChange={form.setPattern}
        placeholder={KIND_EXAMPLES[form.kind]}
        error={form.problem}
        help={form.warning ? <span className={styles.warning}>{form.warning}</span> : KIND_HELP[form.kind]}
        maxLength={1024}
        beside={
          <Button type="submit" isPending={form.isAdding}>
            {form.effect === 'mute' ? 'Add muting rule' : 'Add excluding rule'}
          </Button>
        }
      />
      <output className={styles.done}>
        {form.covered !== null && `Added; it covers ${countOf(form.covered, 'event')} so far.`}
      </output>
      {form.error && <ErrorNotice error={form.error} />}
    </form>
  );
}

function useExclusionForm(rules: Settings['exclusions']) {
  const [effect, setEffect] = useState<Effect>('mute');
  const [kind, setKind] = useState<Kind>('path');
  const [pattern, setPatternText] = useState('');
  const [wasTried, setTried] = useState(false);
  const [covered, setCovered] = useState<number | null>(null);
  const draft = { effect, kind, pattern };
  const problem = ruleProblem(draft, rules);
  const add = useCommand((client) => client.settings.addExclusion({ ...draft, pattern: pattern.trim() }));

  const setPattern = (text: string) => {
    setPatternText(text);
    setCovered(null);
    add.forget();
  };
  const submit = async () => {
    setTried(true);
    if (problem) return;
    const added = await add.run();
    if (!added) return;
    setPatternText('');
    setTried(false);
    setCovered(added.events);
  };
  // Nothing is wrong yet with a field that nobody has written in.
  const isProblemShown = wasTried || pattern.trim() !== '';
  return {
    effect,
    setEffect,
    kind,
    setKind,
    pattern,
    setPattern,
    problem: isProblemShown ? problem : null,
    warning: ruleWarning(draft),
    covered,
    isAdding: add.isRunning,
    error: add.error,
    submit,
  };
}
