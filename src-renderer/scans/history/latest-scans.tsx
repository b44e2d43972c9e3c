import { visibleText } from '../../../src-shared/formats/visible-text.ts';
import { scansHref, type ScanPick } from '../../app/routes.ts';
import { orderMark, orderSum } from '../../app/scans/order-words.ts';
import { STATE_MARKS, tookWords } from '../../app/scans/scan-words.ts';
import { countOf, formatNumber, MISSING } from '../../ui/format.ts';
import { Link } from '../../ui/link.tsx';
import { SectionHead } from '../../ui/section-head.tsx';
import { Table, type TableColumn } from '../../ui/table.tsx';
import { Time } from '../../ui/time.tsx';
import { entryKey, type Latest, type LatestEntry } from './latest-entries.ts';
import styles from './latest-scans.module.css';
import { AgentCell, KindCell, SeenCell, SoftCell } from './scan-cells.tsx';

interface LatestScansProps {
  readonly latest: Latest;
  readonly selected: ScanPick | null;
  readonly onPick: (pick: ScanPick) => void;
}

/** The newest scans under the evidence of the one that is looked at; many agents asked at once are one line. */
export function LatestScans({ latest, selected, onPick }: LatestScansProps) {
  const pick = (key: string) => {
    const entry = latest.entries.find((candidate) => entryKey(candidate) === key);
    if (entry) onPick({ kind: entry.kind, id: entry.id });
  };
  return (
    <section className={styles.latest} aria-label="Latest scans">
      <div className={styles.head}>
        <SectionHead
          title="Latest scans"
          end={
            <Link href={scansHref({ isAll: true })} size="small">
              All {formatNumber(latest.total)}
            </Link>
          }
        />
      </div>
      <div className={styles.rows}>
        <Table
          label="Latest scans"
          columns={COLUMNS}
          items={latest.entries}
          idOf={entryKey}
          textOf={agentWords}
          selected={selected && entryKey(selected)}
          onSelect={pick}
        />
      </div>
    </section>
  );
}

const COLUMNS: readonly TableColumn<LatestEntry>[] = [
  {
    id: 'asked',
    title: 'Asked',
    width: 112,
    cell: (entry) => (
      <SoftCell>
        <Time at={askedAt(entry)} />
      </SoftCell>
    ),
  },
  {
    id: 'kind',
    title: 'Kind',
    width: 140,
    neededWidth: 580,
    cell: (entry) => <Kind entry={entry} />,
  },
  {
    id: 'agent',
    title: 'Agent',
    width: 140,
    isRowHeader: true,
    cell: (entry) => <AgentCell words={agentWords(entry)} />,
  },
  {
    id: 'seen',
    title: 'What was seen',
    cell: (entry) => <Seen entry={entry} />,
  },
  {
    id: 'took',
    title: 'Took',
    width: 96,
    isNumber: true,
    // What was seen is read first: it keeps its room on narrow panes.
    neededWidth: 720,
    cell: (entry) => <SoftCell>{took(entry)}</SoftCell>,
  },
];

function askedAt(entry: LatestEntry): string {
  return entry.kind === 'scan' ? entry.scan.askedAt : entry.order.askedAt;
}

function Kind({ entry }: { readonly entry: LatestEntry }) {
  if (entry.kind === 'scan') return <KindCell kind={entry.scan.kind} isAutomatic={entry.scan.isAutomatic} />;
  return <KindCell kind={entry.order.kind} isAutomatic={false} />;
}

function agentWords(entry: LatestEntry): string {
  return entry.kind === 'scan' ? visibleText(entry.scan.agentName) : countOf(entry.order.agents, 'agent');
}

function Seen({ entry }: { readonly entry: LatestEntry }) {
  if (entry.kind === 'order') return <SeenCell mark={orderMark(entry.order)} words={orderSum(entry.order)} />;
  return <SeenCell mark={STATE_MARKS[entry.scan.state]} words={visibleText(entry.scan.summary)} />;
}

function took(entry: LatestEntry): string {
  return entry.kind === 'scan' ? tookWords(entry.scan) : MISSING;
}
