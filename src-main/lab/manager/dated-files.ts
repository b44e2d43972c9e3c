import { join } from 'node:path';
import { monthName, twoDigits } from '../alerts/dates.ts';

/** The two forms of the alert file, by their ending. */
export const FORMS = ['json', 'log'] as const;
export type Form = (typeof FORMS)[number];

/** The real files of one day (or of one chunk of it): `logs/alerts/2026/Nov/ossec-alerts-21-001`. */
export interface DatedName {
  /** Midnight UTC, epoch milliseconds. */
  readonly dayMs: number;
  /** 0 for the day's first file, then 1, 2, … after size rotations. */
  readonly chunk: number;
}

const DAY_MS = 86_400_000;

export function dayOf(ms: number): number {
  return Math.floor(ms / DAY_MS) * DAY_MS;
}

/** Relative to the manager's prefix, without the ending; the form its checksum files print, too. */
export function datedStem({ dayMs, chunk }: DatedName): string {
  const date = new Date(dayMs);
  const suffix = chunk === 0 ? '' : `-${String(chunk).padStart(3, '0')}`;
  return `logs/alerts/${date.getUTCFullYear()}/${monthName(date)}/ossec-alerts-${twoDigits(date.getUTCDate())}${suffix}`;
}

export function datedPath(root: string, name: DatedName, form: Form): string {
  return join(root, `${datedStem(name)}.${form}`);
}

/** What everybody follows: a hard link to the current dated file. */
export function livePath(root: string, form: Form): string {
  return join(root, 'logs/alerts', `alerts.${form}`);
}
