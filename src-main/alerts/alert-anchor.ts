import type { AlertFormat } from '../../src-shared/domain/alert.ts';
import { parseAlertId, type AlertMark } from '../../src-shared/domain/completeness.ts';
import { LONGEST_RECORD } from './create-record-reader-yield.ts';
import type { AlertFile } from './follow-file.ts';
import { PlainAlertFile } from './follow-file.ts';
import { MarkedJsonReader } from './marked-json-reader.ts';

/** Longer than nearly all alerts: one trip. */
const USUAL_BYTES = 64 * 1024;

/** Whether the alert still stands where it was read: if not, the file was rewritten in the meantime. */
export async function standsStill(
  file: AlertFile,
  { alertId, at }: AlertMark,
  format: AlertFormat,
): Promise<boolean> {
  // An archive is never written to.
  if (!(file instanceof PlainAlertFile)) return true;
  if (format === 'log') {
    const header = `** Alert ${alertId}:`;
    return Buffer.from(await file.readAt(at, header.length)).toString('latin1') === header;
  }
  for (const length of [USUAL_BYTES, LONGEST_RECORD + 1]) {
    const bytes = Buffer.from(await file.readAt(at, length));
    const end = bytes.indexOf(0x0a);
    if (end < 0 && bytes.length === length) continue;
    const { marks = [] } = new MarkedJsonReader(0).push(bytes.subarray(0, end + 1));
    return marks[0]?.alertId === alertId;
  }
  // One that nobody reads now was not read then.
  return false;
}

/** By time, within the same second by offset; true where one is unknown. */
export function isLater(alertId: string, than: string | null): boolean {
  const [a, b] = [parseAlertId(alertId), parseAlertId(than ?? '')];
  if (!a || !b) return true;
  return a.seconds === b.seconds ? a.offset > b.offset : a.seconds > b.seconds;
}

/** The id of the first alert, from the first bytes of its file; null when they do not tell it. */
export function firstAlertId(head: Uint8Array, format: AlertFormat): string | null {
  const [line = ''] = Buffer.from(head).toString('latin1').split('\n', 1);
  // Within a text of a line of JSON no quote stands unescaped; the other ids in it bear no dot.
  const id =
    format === 'json'
      ? /"id":\s?"(\d{1,12}\.\d{1,15})"/
      : /^(?:\u00ef\u00bb\u00bf)?\*\* Alert (\d{1,12}\.\d{1,15}):/;
  return id.exec(line)?.[1] ?? null;
}
