import { ledgerSum, type LedgerDetail } from '../../src-shared/domain/ledger.ts';
import { classes } from '../ui/classes.ts';
import { Count } from '../ui/count.tsx';
import { countOf, formatNumber } from '../ui/format.ts';
import { Mark } from '../ui/mark.tsx';
import { Notice } from '../ui/notice.tsx';
import hidden from '../ui/visually-hidden.module.css';
import { Cell } from './cell.tsx';
import { describeBar, describeReasons, ledgerParts, unaccounted, type LedgerPart } from './ledger-words.ts';
import styles from './accounted-for.module.css';

/** The promise: the sum first, the bar that proves it, then the five figures. */
export function AccountedFor({ ledger }: { readonly ledger: LedgerDetail }) {
  const parts = ledgerParts(ledger);
  const difference = unaccounted(ledger);
  return (
    <Cell title="FIM events accounted for">
      <p className={styles.sum}>
        <span className={styles.figure}>{formatNumber(ledgerSum(ledger.states))}</span>
        <span className={styles.of}>of {formatNumber(ledger.fimEvents)}</span>
        {difference === 0 && ledger.fimEvents > 0 && (
          <span className={styles.equal}>
            <Mark name="clean" />
            Nothing dropped
          </span>
        )}
      </p>
      {difference !== 0 && <Mismatch difference={difference} />}
      <Bar parts={parts} fimEvents={ledger.fimEvents} />
      <dl className={styles.states}>
        {parts.map((part) => (
          <div
            key={part.state}
            title={part.state === 'notLookable' ? describeReasons(ledger.reasons) : undefined}
          >
            <dt className={styles.name}>
              <i className={classes(styles.key, styles[part.state])} />
              {part.name}
            </dt>
            <dd className={styles.events}>
              <Count value={part.events} />
            </dd>
            <dd className={styles.note}>{part.note}</dd>
          </div>
        ))}
      </dl>
    </Cell>
  );
}

function Bar({ parts, fimEvents }: { readonly parts: readonly LedgerPart[]; readonly fimEvents: number }) {
  const present = parts.filter(({ events }) => events > 0);
  if (present.length === 0) return <div className={styles.bar} />;
  return (
    <>
      <p className={hidden.hidden}>{describeBar(parts, fimEvents)}</p>
      <div className={styles.bar} aria-hidden="true">
        {present.map(({ state, events }) => (
          <span key={state} className={classes(styles.part, styles[state])} style={{ flexGrow: events }} />
        ))}
      </div>
    </>
  );
}

/** Must never be seen. If it is, it says by how much and how to report it. */
function Mismatch({ difference }: { readonly difference: number }) {
  const events = countOf(Math.abs(difference), 'event');
  const many = Math.abs(difference) !== 1;
  return (
    <div className={styles.alarm}>
      <Notice
        tone="alarm"
        title={
          difference > 0
            ? `${events} ${many ? 'are' : 'is'} not accounted for`
            : `${events} ${many ? 'count' : 'counts'} twice`
        }
        isAlert
      >
        The alert files are untouched, so nothing is lost, but this is a fault of Verdict Desk. Report it with
        what <code>verdict-desk ledger --json</code> prints.
      </Notice>
    </div>
  );
}
