import { visibleText } from '../../../src-shared/formats/visible-text.ts';
import type { Completeness } from '../../../src-shared/ipc/status.ts';
import { countOf } from '../../ui/format.ts';
import { evidenceTime } from '../../ui/format-time.ts';
import type { MarkName } from '../../ui/mark.tsx';

export interface CompletenessWords {
  readonly mark: MarkName;
  readonly title: string;
  /** The newest gap and what was done about it; empty without one. */
  readonly detail: string;
}

/** What the offsets in the alert ids prove; null before anything is proven. */
export function completenessWords(
  { since, gaps, newestGap }: Completeness,
  now: number,
): CompletenessWords | null {
  if (since === null && newestGap === null) return null;
  const complete = since === null ? 'Not complete yet' : `Complete since ${evidenceTime(since, now)}`;
  if (newestGap === null) return { mark: 'clean', title: complete, detail: '' };
  const more = gaps > 1 ? ` ${countOf(gaps - 1, 'earlier gap')}.` : '';
  return {
    mark: since === null ? 'suspicious' : 'clean',
    title: complete,
    detail: `Gap ${evidenceTime(newestGap.at, now)}: ${visibleText(newestGap.detail)}${more}`,
  };
}
