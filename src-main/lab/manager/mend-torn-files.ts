import { closeSync, existsSync, fstatSync, ftruncateSync, openSync, readFileSync } from 'node:fs';

/**
 * Puts a pair of alert files right after the lab was killed between two writes: an unterminated line of the JSON form is
 * taken back, and the text form is cut after the alert that the last whole line names. Afterwards both hold the same
 * alerts again.
 */
export function mendTornFiles(jsonPath: string, logPath: string): void {
  if (!existsSync(jsonPath) || !existsSync(logPath)) return;
  const json = readFileSync(jsonPath);
  const whole = json.lastIndexOf('\n') + 1;
  if (whole < json.length) truncate(jsonPath, whole);
  const log = readFileSync(logPath);
  const end = endOfLastAlert(json.subarray(0, whole), log);
  if (end < log.length) truncate(logPath, end);
}

/** The alert id's second half is the byte offset of the alert in the text form. */
function endOfLastAlert(json: Buffer, log: Buffer): number {
  if (json.length === 0) return 0;
  const start = json.lastIndexOf('\n', json.length - 2) + 1;
  const [, offset] = /"id":"\d+\.(\d+)","?/.exec(afterManager(json.toString('utf8', start))) ?? [];
  if (offset === undefined) return log.length;
  const next = log.indexOf('\n** Alert ', Number(offset));
  return next === -1 ? log.length : next + 1;
}

/** Rules and agents have an `id` too; the alert's own follows the manager's name. */
function afterManager(line: string): string {
  return line.slice(line.indexOf('"manager":'));
}

function truncate(path: string, length: number): void {
  const file = openSync(path, 'r+');
  if (fstatSync(file).size > length) ftruncateSync(file, length);
  closeSync(file);
}
