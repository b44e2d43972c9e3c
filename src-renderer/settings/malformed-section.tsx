import { useState } from 'react';
import { visibleText } from '../../src-shared/formats/visible-text.ts';
import type { MalformedLine } from '../../src-shared/ipc/sources.ts';
import { useCommand } from '../app/use-command.ts';
import { useQuery } from '../app/use-query.ts';
import { announce } from '../ui/announce.ts';
import { Button } from '../ui/button.tsx';
import { ErrorNotice } from '../ui/error-notice.tsx';
import { formatBytes, formatNumber } from '../ui/format.ts';
import { Path } from '../ui/path.tsx';
import { SkeletonRows } from '../ui/skeleton.tsx';
import { Time } from '../ui/time.tsx';
import styles from './malformed-section.module.css';
import { MALFORMED_WORDS } from './malformed-words.ts';
import { SettingGroup } from './setting-group.tsx';

const PAGE = 100;

/** Lines that could not be events: counted, kept with their place, and passed over. */
export function MalformedSection() {
  const { lines, first, more, hasMore } = useMalformedLines();
  const dismiss = useCommand(async (client) => {
    await client.sources.dismissMalformed();
    announce('The list of damaged lines is empty.');
  });
  return (
    <SettingGroup
      title="Damaged lines"
      lead="Lines of an alert file that could not be read as an alert. They are passed over; what follows them is read."
      end={
        lines.length > 0 && (
          <Button onPress={() => void dismiss.run()} isPending={dismiss.isRunning}>
            Dismiss all
          </Button>
        )
      }
    >
      {first.error && <ErrorNotice error={first.error} />}
      {dismiss.error && <ErrorNotice error={dismiss.error} />}
      {!first.data && first.isSlow && <SkeletonRows rows={5} label="Reading damaged lines from the store" />}
      {first.data && lines.length === 0 && (
        <p className={styles.none}>None. Every line that was read is an alert.</p>
      )}
      {lines.length > 0 && <LineList lines={lines} />}
      {more.error && <ErrorNotice error={more.error} />}
      {hasMore && (
        <div>
          <Button onPress={() => void more.run()} isPending={more.isRunning}>
            Show older ones
          </Button>
        </div>
      )}
    </SettingGroup>
  );
}

function LineList({ lines }: { readonly lines: readonly MalformedLine[] }) {
  return (
    <ul className={styles.list}>
      {lines.map((line) => (
        <li key={line.id} className={styles.line}>
          <b className={styles.reason}>{MALFORMED_WORDS[line.reason]}</b>
          <span className={styles.where}>
            <Path path={line.source} quiet />
            <span className={styles.offset}>
              byte {formatNumber(line.offset)}, {formatBytes(line.lengthBytes)}
            </span>
          </span>
          <span className={styles.when}>
            <Time at={line.foundAt} form="evidence" />
          </span>
          <code className={styles.excerpt}>
            {visibleText(line.excerpt) || 'Not shown: it does not read like an alert.'}
          </code>
        </li>
      ))}
    </ul>
  );
}

/** The newest page stays live; older ones are added as they are asked for. */
function useMalformedLines() {
  const first = useQuery(
    (client, signal) => client.sources.malformed({ before: null, limit: PAGE }, { signal }),
    [],
    { everyMs: 2000 },
  );
  const [older, setOlder] = useState<readonly MalformedLine[]>([]);
  const [isWhole, setWhole] = useState(false);
  const newest = first.data ?? [];
  const oldestOfNewest = newest.at(-1)?.id;
  // After a dismissal there is nothing older either.
  const lines =
    oldestOfNewest === undefined ? [] : [...newest, ...older.filter(({ id }) => id < oldestOfNewest)];
  const more = useCommand(async (client) => {
    const page = await client.sources.malformed({ before: lines.at(-1)?.id ?? null, limit: PAGE });
    setOlder((known) => [...known, ...page]);
    if (page.length < PAGE) setWhole(true);
  });
  return { lines, first, more, hasMore: newest.length === PAGE && !isWhole };
}
