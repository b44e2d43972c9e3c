import { useState } from 'react';
import { visibleText } from '../../../src-shared/formats/visible-text.ts';
import type { DetectionDetail, Sighting } from '../../../src-shared/ipc/detections.ts';
import { useCommand } from '../../app/use-command.ts';
import { ErrorNotice } from '../../ui/error-notice.tsx';
import { countOf, formatNumber } from '../../ui/format.ts';
import { Path } from '../../ui/path.tsx';
import { SectionHead } from '../../ui/section-head.tsx';
import { TextButton } from '../../ui/text-button.tsx';
import { Time } from '../../ui/time.tsx';
import { CHANGE_WORDS } from '../words.ts';
import styles from './places-section.module.css';

/** One page of older sightings. */
const PAGE = 100;

/** Every agent and path that reported this file, newest first. */
export function PlacesSection({ detail }: { readonly detail: DetectionDetail }) {
  const { sightings, more, total } = useSightings(detail);
  const left = total - sightings.length;
  if (total === 0) {
    return (
      <section aria-label="Where this file is">
        <SectionHead title="Where this file is" fact="not seen" />
        <p className={styles.none}>No agent has reported it. A person asked about its hash.</p>
      </section>
    );
  }
  return (
    <section aria-label="Where this file is">
      <SectionHead title="Where this file is" fact={factWords(detail)} />
      <ul className={styles.places}>
        {sightings.map((sighting) => (
          <Place key={sighting.eventId} sighting={sighting} />
        ))}
      </ul>
      {more.error && <ErrorNotice error={more.error} />}
      {left > 0 && (
        <p className={styles.more}>
          <TextButton onPress={() => void more.run()} isPending={more.isRunning}>
            {left <= PAGE ? `Show all ${formatNumber(total)}` : `Show ${PAGE} more of ${formatNumber(left)}`}
          </TextButton>
        </p>
      )}
    </section>
  );
}

function Place({ sighting }: { readonly sighting: Sighting }) {
  return (
    <li className={styles.place} title={placeTitle(sighting)}>
      <b className={styles.agent}>{visibleText(sighting.agentName)}</b>
      <Path path={sighting.path} quiet />
      <span className={styles.when}>
        {CHANGE_WORDS[sighting.change]} <Time at={sighting.time} form="evidence" />
      </span>
    </li>
  );
}

function placeTitle({ agentId, alertId, user, process }: Sighting): string {
  const parts = [
    agentId ? `Agent ${agentId}` : '',
    `alert ${alertId}`,
    user ? `by ${user}` : '',
    process ? `through ${process}` : '',
  ];
  return visibleText(parts.filter(Boolean).join(', '));
}

function factWords({ row, sightingsTotal }: DetectionDetail): string {
  return `${countOf(row.agentCount, 'agent')}, ${countOf(sightingsTotal, 'event')}`;
}

/** The newest sightings come with the detail; older ones are added as they are asked for. */
function useSightings(detail: DetectionDetail) {
  const [older, setOlder] = useState<readonly Sighting[]>([]);
  const newest = new Set(detail.sightings.map(({ eventId }) => eventId));
  const sightings = [...detail.sightings, ...older.filter(({ eventId }) => !newest.has(eventId))];
  const more = useCommand(async (client) => {
    const before = sightings.at(-1)?.eventId ?? null;
    const page = await client.detections.sightings({ fileId: detail.row.fileId, before, limit: PAGE });
    setOlder((known) => [...known, ...page]);
  });
  return { sightings, more, total: Math.max(detail.sightingsTotal, sightings.length) };
}
