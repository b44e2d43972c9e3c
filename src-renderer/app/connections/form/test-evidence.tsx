import { useEffect, useRef, type ReactNode } from 'react';
import { visibleText } from '../../../../src-shared/formats/visible-text.ts';
import type { ConnectionCheck } from '../../../../src-shared/ipc/connections.ts';
import { Button } from '../../../ui/button.tsx';
import { ErrorNotice } from '../../../ui/error-notice.tsx';
import { Mark } from '../../../ui/mark.tsx';
import { VisuallyHidden } from '../../../ui/visually-hidden.tsx';
import { useStatus } from '../../backend-context.tsx';
import { OUTCOME_MARKS, OUTCOME_WORDS, shownChecks } from './check-words.ts';
import { fieldOf, isBesideField } from './field-keys.ts';
import { TestNeed } from './test-need.tsx';
import { TestPrompt } from './test-prompt.tsx';
import styles from './test-evidence.module.css';
import type { ConnectionForm } from './use-connection-form.ts';

/** What a test of the form saw, step by step; nothing before the first one. */
export function TestEvidence({ form }: { readonly form: ConnectionForm }) {
  const { checks, isRunning, error, stop } = form.test;
  const { testPrompts } = useStatus();
  const evidence = useRef<HTMLElement>(null);
  useEffect(() => {
    // What was found may stand below what is in sight; the focus stays where it is.
    if (checks) evidence.current?.scrollIntoView({ block: 'nearest' });
  }, [checks]);
  if (checks === null && !isRunning && error === null) return null;
  return (
    <section ref={evidence} className={styles.evidence} aria-label="What the test saw" aria-busy={isRunning}>
      <header className={styles.head}>
        <h3 className={styles.title}>What the test saw</h3>
        <span className={styles.fact}>{factOf(form)}</span>
        {isRunning && (
          <Button size="small" onPress={stop}>
            Stop
          </Button>
        )}
      </header>
      {isRunning && testPrompts.map((prompt) => <TestPrompt key={prompt.promptId} prompt={prompt} />)}
      {error && <ErrorNotice error={error} />}
      {checks && !isRunning && (
        <ol className={styles.checks}>
          {shownChecks(checks).map(({ check, name }) => (
            <Check key={`${check.step} ${check.hop}`} check={check} name={name}>
              {check.need && <TestNeed form={form} need={check.need} />}
            </Check>
          ))}
        </ol>
      )}
    </section>
  );
}

function factOf({ test, isTestOld }: ConnectionForm): string {
  if (test.isRunning) return 'trying';
  return isTestOld ? 'changed since' : '';
}

interface CheckProps {
  readonly check: ConnectionCheck;
  readonly name: string;
  readonly children: ReactNode;
}

function Check({ check, name, children }: CheckProps) {
  const { outcome, message, remedy, need } = check;
  // What stands beside its field, or is asked right below, is not told twice.
  const isToldThere = need !== null || (isBesideField(check) && fieldOf(check) !== null);
  return (
    <li className={styles.check}>
      <Mark name={OUTCOME_MARKS[outcome]} />
      <div className={styles.words}>
        <b className={outcome === 'skipped' ? styles.skipped : styles.step}>{name}</b>
        <VisuallyHidden>, {OUTCOME_WORDS[outcome]}</VisuallyHidden>
        <p className={styles.message}>
          {visibleText(message)}
          {!isToldThere && remedy && ` ${visibleText(remedy)}`}
        </p>
        {children}
      </div>
    </li>
  );
}
