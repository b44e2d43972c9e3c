import type { DetectionDetail, VerdictVersion } from '../../../src-shared/ipc/detections.ts';
import { EngineCount } from '../../ui/engine-count.tsx';
import { absoluteTime } from '../../ui/format-time.ts';
import { Mark } from '../../ui/mark.tsx';
import { STANDING_WORDS } from '../../ui/outcome.tsx';
import { SectionHead } from '../../ui/section-head.tsx';
import { TurnedTag } from '../../ui/tag.tsx';
import { Time } from '../../ui/time.tsx';
import { countsInWords, sourceWords } from '../words.ts';
import styles from './versions-section.module.css';

/** The verdicts of one file, newest first, each with where it came from. */
export function VersionsSection({ detail }: { readonly detail: DetectionDetail }) {
  if (detail.versions.length === 0) return null;
  return (
    <section aria-label="Verdicts">
      <SectionHead title="Verdicts" />
      <ol className={styles.versions}>
        {detail.versions.map((version) => (
          <Version key={version.id} version={version} />
        ))}
      </ol>
    </section>
  );
}

function Version({ version }: { readonly version: VerdictVersion }) {
  const scanned = version.scanDate ? `, scanned ${absoluteTime(version.scanDate)}` : '';
  const aboutWhom = version.speaksFor ? `, said of ${version.speaksFor} alone` : '';
  return (
    <li className={styles.version}>
      <Mark name={version.standing} />
      <span className={styles.word}>{STANDING_WORDS[version.standing]}</span>
      <span className={styles.count} title={countsInWords(version) ?? undefined}>
        <EngineCount {...version} />
      </span>
      <span className={styles.source} title={`Rule ${version.rule}${scanned}${aboutWhom}`}>
        <span className={styles.words}>{sourceWords(version)}</span>
        {version.turned && <TurnedTag />}
      </span>
      <Time at={version.judgedAt} form="evidence" />
    </li>
  );
}
