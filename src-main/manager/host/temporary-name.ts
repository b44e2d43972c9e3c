import { randomBytes } from 'node:crypto';

/** File systems allow 255 bytes for a name. */
const LONGEST_KEPT = 100;

/** Beside the file, hidden, and not to be guessed: `.ossec.conf.verdict-5f0c…`. */
export function temporaryName(path: string): string {
  const name = path.slice(path.lastIndexOf('/') + 1);
  const kept = Buffer.from(name)
    .subarray(0, LONGEST_KEPT)
    .toString('latin1')
    .replaceAll(/[^\w.-]/g, '_');
  return `.${kept}.verdict-${randomBytes(8).toString('hex')}`;
}
