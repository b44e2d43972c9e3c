import { visibleText } from '../../../src-shared/formats/visible-text.ts';
import { wayWords } from '../../app/scans/scan-words.ts';
import { Button } from '../../ui/button.tsx';
import { Commands } from '../../ui/commands.tsx';
import { Dialog } from '../../ui/dialog.tsx';
import { formatNumber } from '../../ui/format.ts';
import type { PlanSummary } from './plan-words.ts';
import styles from './request-dialog.module.css';

const AGENTS_SHOWN = 50;

/** Exactly what would be sent where; nothing of it is sent by looking. */
export function RequestDialog({
  plan,
  onClose,
}: {
  readonly plan: PlanSummary;
  readonly onClose: () => void;
}) {
  const shown = plan.sendable.slice(0, AGENTS_SHOWN);
  const left = plan.sendable.length - shown.length;
  return (
    <Dialog
      title="What would be sent"
      size="wide"
      isOpen
      onClose={onClose}
      foot={<Button onPress={onClose}>Close</Button>}
    >
      {shown.map((scan) => (
        <section key={`${scan.profile}/${scan.agentId}`} aria-label={visibleText(scan.agentName)}>
          <h3 className={styles.agent}>
            {visibleText(scan.agentName)}
            {scan.route && scan.program && (
              <span className={styles.way}>{wayWords({ route: scan.route, program: scan.program })}</span>
            )}
          </h3>
          <Commands lines={scan.exact.map(visibleText)} what="request" />
        </section>
      ))}
      {left > 0 && <p className={styles.way}>and {formatNumber(left)} more, alike</p>}
    </Dialog>
  );
}
