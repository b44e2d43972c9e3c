import { isSettled } from '../../../src-shared/domain/scan-state.ts';
import { visibleText } from '../../../src-shared/formats/visible-text.ts';
import type { ScanRow } from '../../../src-shared/ipc/scans.ts';
import { countOf } from '../../ui/format.ts';
import type { MarkName } from '../../ui/mark.tsx';
import type { Urgency } from '../../ui/announce.ts';
import type { ScanPick } from '../routes.ts';
import { scanTitle, STATE_MARKS } from './scan-words.ts';

/** What ended since the last look: one scan, or several of one order. */
export interface ScanNews {
  readonly key: string;
  readonly title: string;
  readonly words: string;
  readonly mark: MarkName;
  /** Spoken at once: something was detected. */
  readonly urgency: Urgency;
  /** Stays on screen until it is answered: detections and failures; else it is only said. */
  readonly isNotice: boolean;
  readonly pick: ScanPick;
}

type Known = ReadonlyMap<number, ScanRow['state']>;

export function statesOf(rows: readonly ScanRow[]): Known {
  return new Map(rows.map(({ id, state }) => [id, state]));
}

/** A scan that nobody here asked for may be read of long after it ended: that is history, not news. */
const NEWS_FOR_MS = 10 * 60_000;

/** Scans that ended, or were corrected to a worse end, since `known`; on the first look nothing is new. */
export function scanNews(rows: readonly ScanRow[], known: Known | null, now: number): readonly ScanNews[] {
  if (known === null) return [];
  const isFresh = ({ id, endedAt, askedAt }: ScanRow) =>
    known.has(id) || now - Date.parse(endedAt ?? askedAt) < NEWS_FOR_MS;
  const ended = rows.filter(
    (row) =>
      isSettled(row.state) && known.get(row.id) !== row.state && isWorthSaying(row.state) && isFresh(row),
  );
  const alone = ended.filter(({ orderId }) => orderId === null || !isOfMany(rows, orderId));
  const together = Map.groupBy(
    ended.filter((row) => !alone.includes(row)),
    ({ orderId }) => orderId ?? 0,
  );
  return [...alone.map(newsOfOne), ...[...together].map(([orderId, of]) => newsOfMany(orderId, of))];
}

/** Whoever cancels knows it. */
function isWorthSaying(state: ScanRow['state']): boolean {
  return state !== 'cancelled';
}

function isOfMany(rows: readonly ScanRow[], orderId: number): boolean {
  return rows.filter((row) => row.orderId === orderId).length > 1;
}

function newsOfOne(row: ScanRow): ScanNews {
  return {
    key: `scan ${row.id} ${row.state}`,
    title: visibleText(row.summary),
    words: `${scanTitle(row)}${row.path === null ? '' : `, ${visibleText(row.path)}`}.`,
    mark: STATE_MARKS[row.state],
    urgency: isDetection(row) ? 'assertive' : 'polite',
    isNotice: isDetection(row) || isFailure(row),
    pick: { kind: 'scan', id: row.id },
  };
}

function newsOfMany(orderId: number, rows: readonly ScanRow[]): ScanNews {
  const detected = rows.filter(isDetection).length;
  const failed = rows.filter(isFailure).length;
  const parts = [
    detected > 0 ? `${countOf(detected, 'scan')} with detections` : '',
    failed > 0 ? `${countOf(failed, 'scan')} failed` : '',
  ].filter(Boolean);
  const [first] = rows;
  return {
    key: `order ${orderId} ${rows.map(({ id }) => id).join(' ')}`,
    title: parts.length === 0 ? `${countOf(rows.length, 'scan')} ended` : parts.join(', '),
    words: first
      ? `${scanTitle(first)}${rows.length > 1 ? ` and ${countOf(rows.length - 1, 'more agent')}` : ''}.`
      : '',
    mark: detected > 0 ? 'malicious' : failed > 0 ? 'failed' : 'clean',
    urgency: detected > 0 ? 'assertive' : 'polite',
    isNotice: detected + failed > 0,
    pick: { kind: 'order', id: orderId },
  };
}

function isDetection({ state }: ScanRow): boolean {
  return state === 'finished-with-detections';
}

function isFailure({ state }: ScanRow): boolean {
  return state === 'failed' || state === 'refused' || state === 'expired';
}
