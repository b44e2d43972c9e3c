import { KIND_WORDS } from '../../../src-shared/domain/scan-words.ts';
import { visibleText } from '../../../src-shared/formats/visible-text.ts';
import type { ScanOrder } from '../../../src-shared/ipc/scans.ts';
import { scansHref } from '../../app/routes.ts';
import { openCount, orderMark, orderSum, stateCounts, unsentCount } from '../../app/scans/order-words.ts';
import { STATE_MARKS, STATE_WORDS } from '../../app/scans/scan-words.ts';
import { useCommand } from '../../app/use-command.ts';
import { announce } from '../../ui/announce.ts';
import { Button } from '../../ui/button.tsx';
import { ErrorNotice } from '../../ui/error-notice.tsx';
import { countOf, formatNumber } from '../../ui/format.ts';
import { Link } from '../../ui/link.tsx';
import { Mark } from '../../ui/mark.tsx';
import { Progress } from '../../ui/progress.tsx';
import { Time } from '../../ui/time.tsx';
import { HeldNotice } from './held-notice.tsx';
import styles from './order-evidence.module.css';
import { OrderScans } from './order-scans.tsx';
import head from './scan-evidence.module.css';

/** An order over many agents: the sum first, then its states, then its scans, those that call for a look before the others. */
export function OrderEvidence({ order }: { readonly order: ScanOrder }) {
  const { id, kind, path, agents, rules, askedAt, askedBy, byState } = order;
  const unsent = unsentCount(byState);
  const ended = agents - openCount(byState);
  const cancel = useCommand(async (client) => {
    const { cancelled } = await client.scans.cancelOrder({ orderId: id });
    announce(`${countOf(cancelled, 'scan')} taken back.`);
  });
  return (
    <article className={head.evidence} aria-labelledby="order-title">
      <header className={head.head}>
        <div className={head.words}>
          <h2 id="order-title" className={head.title}>
            {KIND_WORDS[kind]} on {countOf(agents, 'agent')}
          </h2>
          <p className={head.about}>
            {path === null ? '' : `${visibleText(path)}, `}asked for by {visibleText(askedBy)},{' '}
            <Time at={askedAt} form="evidence" />; {rules.atOnce} at once
            {rules.canary && ', one first'}
          </p>
          <p className={head.state}>
            <Mark name={orderMark(order)} />
            <span>{orderSum(order)}</span>
          </p>
        </div>
        {unsent > 0 && order.heldBecause === null && (
          <div className={head.actions}>
            <Button kind="danger" onPress={() => void cancel.run()} isPending={cancel.isRunning}>
              Cancel the {formatNumber(unsent)} not sent
            </Button>
          </div>
        )}
      </header>
      <div className={styles.body}>
        {cancel.error && <ErrorNotice error={cancel.error} />}
        <HeldNotice order={order} />
        <div className={styles.progress}>
          <Progress label={`${ended} of ${agents} ended`} done={ended} of={agents} />
          <span className={styles.ended}>
            {formatNumber(ended)} of {formatNumber(agents)} ended
          </span>
        </div>
        <ul className={styles.states} aria-label="Scans by state">
          {stateCounts(byState).map(({ state, count }) => (
            <li key={state}>
              <Link href={scansHref({ isAll: true, order: id, states: [state] })}>
                <span className={styles.state}>
                  <Mark name={STATE_MARKS[state]} />
                  {STATE_WORDS[state]}
                  <b className={styles.count}>{formatNumber(count)}</b>
                </span>
              </Link>
            </li>
          ))}
        </ul>
        <OrderScans order={order} />
      </div>
    </article>
  );
}
