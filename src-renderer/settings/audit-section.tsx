import { useState } from 'react';
import { visibleText } from '../../src-shared/formats/visible-text.ts';
import type { AuditEntry } from '../../src-shared/ipc/scans.ts';
import { saveText } from '../app/save-file.ts';
import { useCommand } from '../app/use-command.ts';
import { useQuery } from '../app/use-query.ts';
import { announce } from '../ui/announce.ts';
import { Button } from '../ui/button.tsx';
import { ErrorNotice } from '../ui/error-notice.tsx';
import { countOf } from '../ui/format.ts';
import { Mark } from '../ui/mark.tsx';
import { Notice } from '../ui/notice.tsx';
import { Time } from '../ui/time.tsx';
import styles from './audit-section.module.css';
import { SettingGroup } from './setting-group.tsx';

const PAGE = 100;

/** Who asked what and when on this workstation, each entry bound to the one before. */
export function AuditSection() {
  const newest = useQuery(
    (client, signal) => client.scans.audit({ before: null, limit: PAGE }, { signal }),
    [],
  );
  const { entries, more } = useEntries(newest.data?.entries ?? []);
  const save = useCommand(async (client) => {
    const file = await client.scans.exportAudit();
    saveText(file.fileName, 'text/plain', file.text);
    announce('The audit trail is exported.');
  });
  const trail = newest.data;
  const left = (trail?.total ?? 0) - entries.length;
  const error = newest.error ?? more.error ?? save.error;
  return (
    <SettingGroup
      title="Audit trail"
      lead="Who asked what and when on this workstation. Entries are only ever added, and each carries a digest over itself and the one before."
      end={
        <Button
          icon="save"
          onPress={() => void save.run()}
          isPending={save.isRunning}
          isDisabled={trail?.total === 0}
        >
          Export
        </Button>
      }
    >
      {error && <ErrorNotice error={error} />}
      {trail && !trail.isWhole && (
        <Notice tone="error" title="The chain does not hold">
          Some entry was changed or taken out after it was written. Export the trail, and compare it with an
          earlier export or a back-up.
        </Notice>
      )}
      {trail && trail.isWhole && trail.total > 0 && (
        <p className={styles.whole}>
          <Mark name="clean" />
          Whole: {countOf(trail.total, 'entry', 'entries')}, each digest fits the one before.
        </p>
      )}
      {trail?.total === 0 && <p className={styles.none}>Nothing was asked for yet.</p>}
      {entries.length > 0 && (
        <ol className={styles.entries} aria-label="Entries, newest first">
          {entries.map((entry) => (
            <Entry key={entry.sequence} entry={entry} />
          ))}
        </ol>
      )}
      {left > 0 && (
        <Button size="small" onPress={() => void more.run()} isPending={more.isRunning}>
          Show {Math.min(PAGE, left)} more of {left.toLocaleString('en-US')}
        </Button>
      )}
    </SettingGroup>
  );
}

function Entry({ entry: { sequence, at, who, deed, detail, hash } }: { readonly entry: AuditEntry }) {
  return (
    <li className={styles.entry}>
      <span className={styles.number}>{sequence}</span>
      <span className={styles.when}>
        <Time at={at} form="exact" />
      </span>
      <div className={styles.words}>
        <b className={styles.deed}>{visibleText(deed)}</b> <span>{visibleText(detail)}</span>
        <p className={styles.who}>
          {visibleText(who)} <code title={hash}>{hash.slice(0, 12)}…</code>
        </p>
      </div>
    </li>
  );
}

/** The newest are asked again as entries come; older ones are added as they are asked for. */
function useEntries(newest: readonly AuditEntry[]) {
  const [older, setOlder] = useState<readonly AuditEntry[]>([]);
  const known = new Set(newest.map(({ sequence }) => sequence));
  const entries = [...newest, ...older.filter(({ sequence }) => !known.has(sequence))];
  const more = useCommand(async (client) => {
    const before = entries.at(-1)?.sequence ?? null;
    const page = await client.scans.audit({ before, limit: PAGE });
    setOlder((kept) => [...kept, ...page.entries]);
  });
  return { entries, more };
}
