import { visibleText } from '../../../src-shared/formats/visible-text.ts';
import type { ScanDetail } from '../../../src-shared/ipc/scans.ts';
import { agentsHref, detectionsHref, scansHref } from '../../app/routes.ts';
import { scanTitle, STATE_MARKS, wayWords } from '../../app/scans/scan-words.ts';
import { useQuery } from '../../app/use-query.ts';
import { countOf } from '../../ui/format.ts';
import { Link } from '../../ui/link.tsx';
import { Mark } from '../../ui/mark.tsx';
import { Notice } from '../../ui/notice.tsx';
import { EvidenceActions, useScanDeeds } from './evidence-actions.tsx';
import { AgentKeyTrouble } from './agent-key-trouble.tsx';
import styles from './scan-evidence.module.css';
import { Timeline } from './timeline.tsx';

/** One scan: what it was to do and which way, what became of it, and everything that was seen. */
export function ScanEvidence({ detail }: { readonly detail: ScanDetail }) {
  const { row, causes } = detail;
  const deeds = useScanDeeds(row.id);
  return (
    <article className={styles.evidence} aria-labelledby="scan-title">
      <header className={styles.head}>
        <div className={styles.words}>
          <h2 id="scan-title" className={styles.title}>
            {scanTitle(row)}
          </h2>
          <p className={styles.about}>{aboutWords(detail)}</p>
          <p className={styles.state}>
            <Mark name={STATE_MARKS[row.state]} />
            <span>{visibleText(row.summary)}</span>
          </p>
          <Links detail={detail} />
        </div>
        <div className={styles.actions}>
          <EvidenceActions detail={detail} deeds={deeds} />
        </div>
      </header>
      {(deeds.failure || detail.likelyCause || causes.length > 0 || row.state === 'failed') && (
        <div className={styles.notices}>
          {deeds.failure}
          {detail.likelyCause && <LikelyCause cause={detail.likelyCause} />}
          {causes.length > 0 && <Causes causes={causes} />}
          {row.state === 'failed' && <AgentKeyTrouble detail={detail} />}
        </div>
      )}
      <Timeline detail={detail} />
    </article>
  );
}

/** `/srv/upload, looking only, over SSH to the agent`. */
function aboutWords({ row }: ScanDetail): string {
  const { path, action, route, program, isAutomatic, askedBy } = row;
  return [
    path === null ? '' : visibleText(path),
    action === 'skip' ? 'looking only' : '',
    route && program ? wayWords({ route, program }) : '',
    isAutomatic ? 'started by the manager itself' : '',
    askedBy === null ? '' : `asked for by ${visibleText(askedBy)}`,
  ]
    .filter(Boolean)
    .join(', ');
}

function Links({ detail: { row, originFileId } }: { readonly detail: ScanDetail }) {
  const { profile, agentId, orderId } = row;
  return (
    <p className={styles.links}>
      <Link href={agentsHref({ agent: { profile, agentId } })} size="small">
        The agent
      </Link>
      {originFileId !== null && (
        <Link href={detectionsHref({ view: 'everything', file: originFileId })} size="small">
          The detection
        </Link>
      )}
      {orderId !== null && <OrderLink orderId={orderId} />}
    </p>
  );
}

/** Only where other agents were asked at the same time. */
function OrderLink({ orderId }: { readonly orderId: number }) {
  const { data } = useQuery(
    (client, signal) => client.scans.list({ filter: { orderId }, limit: 1 }, { signal }),
    ['order of a scan', orderId],
    { everyMs: 60_000 },
  );
  if (!data || data.matching < 2) return null;
  return (
    <Link href={scansHref({ pick: { kind: 'order', id: orderId } })} size="small">
      One of {countOf(data.matching, 'agent')} asked together
    </Link>
  );
}

function LikelyCause({ cause }: { readonly cause: NonNullable<ScanDetail['likelyCause']> }) {
  const { ruleId, description, secondsBefore, alertId } = cause;
  return (
    <Notice tone="plain" icon="eye" title={`Most likely caused by rule ${visibleText(ruleId)}`}>
      {visibleText(description)},{' '}
      {secondsBefore < 1 ? 'in the same second' : `${Math.round(secondsBefore)} s before`}, on the same agent
      (alert {visibleText(alertId)}). Likely, not certain: the manager does not write down which alert it
      answers.
    </Notice>
  );
}

function Causes({ causes }: Pick<ScanDetail, 'causes'>) {
  return (
    <Notice tone="warning" title="Sent, and never seen to start. Likely causes, and how to check each">
      <ol className={styles.causes}>
        {causes.map(({ cause, check }) => (
          <li key={cause}>
            <b className={styles.cause}>{visibleText(cause)}</b> {visibleText(check)}
          </li>
        ))}
      </ol>
    </Notice>
  );
}
