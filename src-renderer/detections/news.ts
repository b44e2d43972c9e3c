import type { DetectionRow } from '../../src-shared/ipc/detections.ts';
import { visibleText } from '../../src-shared/formats/visible-text.ts';
import { countOf } from '../ui/format.ts';
import { fileName } from '../ui/split-path.ts';

/**
 * What is worth saying aloud between two states of a list: files that are detections now and were not. Flips are left
 * to the frame, which tells them on every screen.
 */
export function newsOf(
  before: readonly DetectionRow[] | null,
  after: readonly DetectionRow[] | null,
): string | null {
  if (!before || !after) return null;
  const known = new Map(before.map((row) => [row.fileId, row]));
  const detected = after.filter(
    (row) => !row.turned && isDetection(row.standing) && !isDetection(known.get(row.fileId)?.standing),
  );
  const [first] = detected;
  if (!first) return null;
  return detected.length === 1
    ? `${visibleText(fileName(first.path))} is ${first.standing}`
    : countOf(detected.length, 'new detection');
}

function isDetection(standing: DetectionRow['standing'] | undefined): boolean {
  return standing === 'malicious' || standing === 'suspicious';
}
