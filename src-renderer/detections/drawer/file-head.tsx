import { visibleText } from '../../../src-shared/formats/visible-text.ts';
import type { DetectionDetail, DetectionRow } from '../../../src-shared/ipc/detections.ts';
import { Digest } from '../../ui/digest.tsx';
import { DrawerHead } from '../../ui/drawer-head.tsx';
import { EngineCount } from '../../ui/engine-count.tsx';
import { formatBytes } from '../../ui/format.ts';
import { dayAndMonth } from '../../ui/format-time.ts';
import { Outcome } from '../../ui/outcome.tsx';
import { shortenMiddle } from '../../ui/shorten-middle.ts';
import { splitPath, fileName } from '../../ui/split-path.ts';
import { Tag, TurnedTag } from '../../ui/tag.tsx';
import { ALGORITHM_NAMES } from '../check-words.ts';
import { countsInWords } from '../words.ts';
import styles from './file-head.module.css';

interface FileHeadProps {
  readonly row: DetectionRow | null;
  readonly detail: DetectionDetail | null;
  readonly onClose: () => void;
  readonly onStep: ((by: 1 | -1) => void) | null;
}

/** Some three lines, so that no folder pushes the rest of the drawer away. */
const LONGEST_FOLDER = 180;

/** Verdict, name, place and digests: what stays on screen while the rest scrolls. */
export function FileHead({ row, detail, ...steps }: FileHeadProps) {
  return (
    <DrawerHead
      noun="file"
      state={row && <VerdictWords row={row} />}
      name={row && nameOf(row)}
      fullName={row ? visibleText(row.path) : undefined}
      where={row ? whereWords(row, detail).join(' · ') : ''}
      {...steps}
    >
      {detail && <Labels detail={detail} />}
      {row && <Digests row={row} />}
    </DrawerHead>
  );
}

function nameOf({ path }: DetectionRow): string {
  return path ? visibleText(fileName(path)) : 'Hash without a file';
}

function VerdictWords({ row }: { readonly row: DetectionRow }) {
  return (
    <span className={styles.verdict}>
      <Outcome standing={row.standing} strong />
      <span title={countsInWords(row) ?? undefined}>
        <EngineCount {...row} />
      </span>
      {row.turned && <TurnedTag />}
      {row.standing === 'malicious' && Boolean(row.suspicious) && (
        <span className={styles.suspects}>{row.suspicious} suspicious</span>
      )}
    </span>
  );
}

/** Folder, size, type, first seen: what is known of them. */
function whereWords(row: DetectionRow, detail: DetectionDetail | null): string[] {
  const { folder } = splitPath(row.path);
  return [
    shortenMiddle(visibleText(folder), LONGEST_FOLDER) || (row.path.startsWith('/') ? '/' : ''),
    detail?.sizeBytes == null ? '' : formatBytes(detail.sizeBytes),
    visibleText(detail?.typeDescription ?? ''),
    detail ? `first seen ${dayAndMonth(detail.firstSeenAt)}` : '',
  ].filter(Boolean);
}

/** What VirusTotal calls it: the threat on its tag, other names and tags as plain words. */
function Labels({ detail }: { readonly detail: DetectionDetail }) {
  const { threatLabel, meaningfulName, tags, row } = detail;
  const isOtherName = meaningfulName !== null && meaningfulName !== fileName(row.path);
  const words = visibleText(
    [isOtherName ? `known as ${meaningfulName}` : '', ...tags].filter(Boolean).join(' · '),
  );
  if (!threatLabel && !words) return null;
  return (
    <div className={styles.labels}>
      {threatLabel && <Tag tone="malicious">{visibleText(threatLabel)}</Tag>}
      <span className={styles.tags} title={words}>
        {words}
      </span>
    </div>
  );
}

function Digests({ row }: { readonly row: DetectionRow }) {
  return (
    <div className={styles.digests}>
      {(['sha256', 'sha1', 'md5'] as const).map((algorithm) => {
        const hex = row[algorithm];
        return hex ? <Digest key={algorithm} label={ALGORITHM_NAMES[algorithm]} hex={hex} /> : null;
      })}
    </div>
  );
}
