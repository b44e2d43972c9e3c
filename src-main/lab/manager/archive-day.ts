import { createHash } from 'node:crypto';
import { existsSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { gzipSync } from 'node:zlib';
import { datedPath, datedStem, FORMS, type Form } from './dated-files.ts';

const DAY_MS = 86_400_000;

/**
 * What monitord does with a day that is over: checksums over the day's files, chained to the day before, then each file
 * gzipped and its plain form removed. Files that are archived already are left alone.
 */
export function archiveDay(root: string, dayMs: number): void {
  for (const form of FORMS) {
    const chunks = chunksOf(root, dayMs, form);
    if (chunks.length === 0) continue;
    const contents = chunks.map((path) => readFileSync(path));
    const name = datedPath(root, { dayMs, chunk: 0 }, form);
    writeFileSync(`${name}.sum`, checksums(root, dayMs, form, Buffer.concat(contents)), { mode: 0o640 });
    for (const [index, path] of chunks.entries()) {
      writeFileSync(`${path}.gz`, gzipSync(contents[index] ?? ''), { mode: 0o640 });
      rmSync(path);
    }
  }
}

function chunksOf(root: string, dayMs: number, form: Form): string[] {
  const paths: string[] = [];
  for (let chunk = 0; ; chunk += 1) {
    const path = datedPath(root, { dayMs, chunk }, form);
    if (!existsSync(path)) return paths;
    paths.push(path);
  }
}

/** The text of a `.sum` file, blank lines included: the form of rotation/*.sum as captured from 3.13.6. */
function checksums(root: string, dayMs: number, form: Form, content: Buffer): string {
  const current = `/${datedStem({ dayMs, chunk: 0 })}`;
  const yesterday = `${datedStem({ dayMs: dayMs - DAY_MS, chunk: 0 })}.${form}.sum`;
  const chained = `${root}/${yesterday}`;
  const before = existsSync(chained) ? readFileSync(chained) : null;
  return [
    'Current checksum:',
    ...sums(current, content),
    '',
    'Chained checksum:',
    ...sums(`/${yesterday}`, before),
    '',
    '',
  ].join('\n');
}

function sums(name: string, content: Buffer | null): string[] {
  const digest = (algorithm: string) =>
    content ? createHash(algorithm).update(content).digest('hex') : 'none';
  return [
    `MD5  (${name}) = ${digest('md5')}`,
    `SHA1 (${name}) = ${digest('sha1')}`,
    '',
    `SHA256 (${name}) = ${digest('sha256')}`,
  ];
}
