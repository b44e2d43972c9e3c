import { useState } from 'react';
import type { EngineResult } from '../../../src-shared/domain/outcome.ts';
import { visibleText } from '../../../src-shared/formats/visible-text.ts';
import type { DetectionDetail } from '../../../src-shared/ipc/detections.ts';
import { Link } from '../../ui/link.tsx';
import { SectionHead } from '../../ui/section-head.tsx';
import { TextButton } from '../../ui/text-button.tsx';
import { safePermalink } from '../words.ts';
import { AllEnginesDialog } from './all-engines-dialog.tsx';
import styles from './engines-section.module.css';

/** Which engines say what; those that detect it first, all of them on demand. */
export function EnginesSection({ detail }: { readonly detail: DetectionDetail }) {
  const [isOpen, setOpen] = useState(false);
  const { row, engines } = detail;
  const permalink = safePermalink(detail.permalink);
  const calling = engines.filter(({ category }) => category === 'malicious' || category === 'suspicious');
  if (row.total === null && engines.length === 0) return null;
  const end = permalink && (
    <Link href={permalink} size="small">
      Open at VirusTotal
    </Link>
  );
  return (
    <section aria-label="Engines">
      <SectionHead title={titleOf(detail)} fact={factOf(detail)} {...(end ? { end } : {})} />
      {calling.length > 0 && <EngineList engines={calling} />}
      {engines.length === 0 && (
        <p className={styles.none}>The manager reported the counts only. Check again to see the engines.</p>
      )}
      {engines.length > 0 && (
        <p className={styles.all}>
          <TextButton onPress={() => setOpen(true)}>All {engines.length} engines</TextButton>
        </p>
      )}
      {isOpen && <AllEnginesDialog engines={engines} onClose={() => setOpen(false)} />}
    </section>
  );
}

function EngineList({ engines }: { readonly engines: readonly EngineResult[] }) {
  return (
    <dl className={styles.engines}>
      {engines.map((engine) => (
        <div key={engine.engine} className={styles.engine}>
          <dt className={styles.name}>{visibleText(engine.engine)}</dt>
          <dd className={styles.result} title={visibleText(engine.result ?? engine.category)}>
            {visibleText(engine.result ?? engine.category)}
            {engine.category === 'suspicious' && <span className={styles.suspects}> suspects</span>}
          </dd>
        </div>
      ))}
    </dl>
  );
}

function titleOf({ row }: DetectionDetail): string {
  if (row.positives) return 'Engines that detect it';
  return row.suspicious ? 'Engines that suspect it' : 'Engines';
}

function factOf({ row }: DetectionDetail): string {
  if (row.total === null) return '';
  if (row.positives && row.suspicious) {
    return `${row.positives} of ${row.total}, ${row.suspicious} ${row.suspicious === 1 ? 'suspects' : 'suspect'}`;
  }
  if (row.positives || row.suspicious) return `${row.positives || row.suspicious} of ${row.total}`;
  return `none of ${row.total} detects it`;
}
