import { visibleText } from '../../../src-shared/formats/visible-text.ts';
import type { WireError } from '../../../src-shared/errors/domain-error.ts';
import { needsConsent, type LaunchDraft } from '../../app/scans/launch-draft.ts';
import { KIND_NOUNS } from '../../app/scans/scan-words.ts';
import { Button } from '../../ui/button.tsx';
import { Dialog } from '../../ui/dialog.tsx';
import { ErrorNotice } from '../../ui/error-notice.tsx';
import { countOf, formatNumber } from '../../ui/format.ts';
import { Notice } from '../../ui/notice.tsx';
import styles from './confirm-dialog.module.css';
import { rulesWords } from './fleet-words.ts';
import type { PlanSummary } from './plan-words.ts';

interface ConfirmDialogProps {
  readonly draft: LaunchDraft;
  readonly plan: PlanSummary;
  /** `Start full scan on 11 agents`. */
  readonly verb: string;
  readonly isRunning: boolean;
  readonly error: WireError | null;
  readonly onConfirm: () => void;
  readonly onClose: () => void;
}

const NAMES_SHOWN = 10;

/** Before anything goes to more than one machine: which ones, by name. */
export function ConfirmDialog({
  draft,
  plan,
  verb,
  isRunning,
  error,
  onConfirm,
  onClose,
}: ConfirmDialogProps) {
  const { sendable, waiting, refused } = plan;
  const left = sendable.length - NAMES_SHOWN;
  const refusedCount = refused.reduce((sum, { agents }) => sum + agents.length, 0);
  return (
    <Dialog
      title={`${upperFirst(KIND_NOUNS[draft.kind])} on ${countOf(sendable.length, 'agent')}`}
      isOpen
      onClose={onClose}
      foot={
        <>
          <Button kind="primary" onPress={onConfirm} isPending={isRunning}>
            {verb}
          </Button>
          <Button onPress={onClose}>Not now</Button>
        </>
      }
    >
      {draft.kind === 'realtime-off' && (
        <Notice tone="warning" title="They stay without protection until it is switched on again" />
      )}
      {needsConsent(draft) && (
        <Notice tone="warning" title="KES may disinfect and delete files on these agents" />
      )}
      <ul className={styles.names} aria-label="Agents it is sent to">
        {sendable.slice(0, NAMES_SHOWN).map(({ profile, agentId, agentName }) => (
          <li key={`${profile}/${agentId}`} className={styles.name}>
            {visibleText(agentName)} <span className={styles.id}>{visibleText(agentId)}</span>
          </li>
        ))}
        {left > 0 && <li className={styles.id}>and {formatNumber(left)} more</li>}
      </ul>
      <p className={styles.words}>
        {[
          `${upperFirst(rulesWords(draft.rules, true))}.`,
          waiting.length > 0
            ? `${countOf(waiting.length, 'agent is', 'agents are')} away and waited for.`
            : '',
          refusedCount > 0 ? `${countOf(refusedCount, 'other')} left out.` : '',
        ]
          .filter(Boolean)
          .join(' ')}
      </p>
      {error && <ErrorNotice error={error} />}
    </Dialog>
  );
}

function upperFirst(words: string): string {
  return words.charAt(0).toUpperCase() + words.slice(1);
}
