import { visibleText } from '../../src-shared/formats/visible-text.ts';
import type { AttentionItem } from '../../src-shared/ipc/overview.ts';
import { countOf, formatNumber } from '../ui/format.ts';
import { dayAndMonth } from '../ui/format-time.ts';

export type Flip = Extract<AttentionItem, { readonly kind: 'turned' }>;

export function flipsOf(attention: readonly AttentionItem[]): readonly Flip[] {
  return attention.filter((item) => item.kind === 'turned');
}

/** Names one flip: the same file may turn again later. */
export function flipKey({ fileId, beforeAt }: Flip): string {
  return `${fileId} ${beforeAt}`;
}

/** Those that were not there when last looked; on the first look nothing is new. */
export function newFlips(flips: readonly Flip[], known: ReadonlySet<string> | null): readonly Flip[] {
  return known === null ? [] : flips.filter((flip) => !known.has(flipKey(flip)));
}

export function flipTitle(flip: Flip): string {
  return `${visibleText(flip.name)} turned malicious`;
}

export function flipWords({ positives, total, agents, firstSeenAt }: Flip): string {
  const engines = `${formatNumber(positives)} of ${countOf(total, 'engine')}`;
  return `${engines}. On ${countOf(agents, 'agent')} since ${dayAndMonth(firstSeenAt)}.`;
}
