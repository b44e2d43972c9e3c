import type { Database } from 'better-sqlite3';
import type { DetectionRow } from '../../../src-shared/ipc/detections.ts';
import type { FileFilter } from './file-filter.ts';
import { walkFiles } from './walk-files.ts';

export interface ExportRequest {
  readonly filter: FileFilter;
  readonly format: 'csv' | 'json';
  readonly nowMs: number;
}

export interface ExportedRows {
  readonly fileName: string;
  readonly text: string;
  readonly rows: number;
  /** True when there were more than `EXPORTED_ROWS`. */
  readonly cut: boolean;
}

export const EXPORTED_ROWS = 100_000;

/** The filtered list as text, newest activity first. */
export function exportRows(db: Database, { filter, format, nowMs }: ExportRequest): ExportedRows {
  const parts: string[] = [];
  let rows = 0;
  let cut = false;
  for (const row of walkFiles(db, filter, EXPORTED_ROWS + 1)) {
    if (rows === EXPORTED_ROWS) {
      cut = true;
      break;
    }
    parts.push(format === 'csv' ? csvLine(COLUMNS.map((name) => row[name])) : JSON.stringify(row));
    rows += 1;
  }
  const text =
    format === 'csv' ? [csvLine(COLUMNS), ...parts, ''].join('\r\n') : `[\n${parts.join(',\n')}\n]\n`;
  const stamp = new Date(nowMs).toISOString().slice(0, 19).replaceAll(':', '-');
  return { fileName: `verdict-desk-detections-${stamp}.${format}`, text, rows, cut };
}

const COLUMNS = [
  'standing',
  'positives',
  'suspicious',
  'total',
  'path',
  'agentName',
  'agentCount',
  'judgedAt',
  'lastSeenAt',
  'triage',
  'turned',
  'sha256',
  'sha1',
  'md5',
] as const satisfies readonly (keyof DetectionRow)[];

function csvLine(values: readonly (string | number | boolean | null)[]): string {
  return values.map(csvField).join(',');
}

/**
 * RFC 4180, and safe to open in a spreadsheet: text that would start a formula there (`=`, `+`, `-`, `@`, their full-width
 * forms, tab, line ends) gets an apostrophe in front, as OWASP advises; and so does what follows a semicolon or a tab,
 * which end a cell where the spreadsheet's language has commas in its numbers.
 */
export function csvField(value: string | number | boolean | null): string {
  if (value === null) return '';
  if (typeof value !== 'string') return String(value);
  const safe = value.replaceAll(/(^|[;\t])(?=[=+\-@\t\r\n＝＋－＠])/g, `$1'`);
  return /[",\r\n]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
}
