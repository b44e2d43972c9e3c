import { useEffect, useId, useRef, useState } from 'react';
import { visibleLines } from '../../../src-shared/formats/visible-text.ts';
import type { DetectionDetail, SourceAlert } from '../../../src-shared/ipc/detections.ts';
import { useQuery } from '../../app/use-query.ts';
import { CopyButton } from '../../ui/copy-button.tsx';
import { ErrorNotice } from '../../ui/error-notice.tsx';
import { SectionHead } from '../../ui/section-head.tsx';
import { TextButton } from '../../ui/text-button.tsx';
import { prettyJson } from './pretty-json.ts';
import styles from './source-alert-section.module.css';

/** The newest alert about this file, as the manager wrote it. */
export function SourceAlertSection({ detail }: { readonly detail: DetectionDetail }) {
  const [isOpen, setOpen] = useState(false);
  const [isPretty, setPretty] = useState(false);
  const excerptId = useId();
  const newest = detail.sightings[0];
  const query = useQuery(
    (client, signal) => client.detections.sourceAlert({ eventId: newest?.eventId ?? 0 }, { signal }),
    [newest?.eventId ?? null],
    { isOff: !isOpen || !newest, everyMs: 60_000 },
  );
  if (!newest) return null;
  const alert = query.data ?? null;
  const pretty = alert?.format === 'json' ? prettyJson(alert.text) : null;
  return (
    <section aria-label="Source alert">
      <SectionHead
        title="Source alert"
        fact={newest.alertId}
        end={
          <>
            {isOpen && pretty !== null && (
              <TextButton onPress={() => setPretty(!isPretty)}>
                {isPretty ? 'As written' : 'Indented'}
              </TextButton>
            )}
            <TextButton onPress={() => setOpen(!isOpen)} aria-expanded={isOpen} aria-controls={excerptId}>
              {isOpen ? 'Hide' : 'Show'}
            </TextButton>
          </>
        }
      />
      <div id={excerptId}>
        {isOpen && query.error && <ErrorNotice error={query.error} />}
        {isOpen && alert && (
          <Excerpt alert={alert} shown={isPretty && pretty !== null ? pretty : alert.text} />
        )}
        {isOpen && query.data === null && (
          <p className={styles.note}>
            The store holds no text of this alert: it was read by an earlier version.
          </p>
        )}
        {!isOpen && <p className={styles.note}>Agent, rule and digests as the manager wrote them.</p>}
      </div>
    </section>
  );
}

function Excerpt({ alert, shown }: { readonly alert: SourceAlert; readonly shown: string }) {
  const excerpt = useRef<HTMLDivElement>(null);
  // It opens below the edge of the drawer as often as not.
  useEffect(() => {
    excerpt.current?.closest('section')?.scrollIntoView({ block: 'nearest' });
  }, []);
  return (
    <div className={styles.excerpt} ref={excerpt}>
      <header className={styles.head}>
        <span>{alert.format === 'json' ? 'alerts.json' : 'alerts.log'}</span>
        <CopyButton text={alert.text} what="alert" />
      </header>
      <pre className={styles.text}>{visibleLines(shown)}</pre>
      {alert.hadInvalidUtf8 && (
        <p className={styles.foot}>
          Bytes that are no UTF-8 are shown as �. The store keeps them as they were.
        </p>
      )}
    </div>
  );
}
