import { readFile, readdir } from 'node:fs/promises';
import { extname, join, relative, sep } from 'node:path';
import { DomainError } from '../../src-shared/errors/domain-error.ts';

export interface WindowFile {
  readonly type: string;
  readonly body: Buffer;
  /** Its name holds a hash of its content: it never changes under this name. */
  readonly isImmutable: boolean;
}

/** The window's files by URL path, such as `/index.html`. Only what is in here is ever served. */
export type WindowFiles = ReadonlyMap<string, WindowFile>;

const TYPES: Readonly<Record<string, string>> = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.svg': 'image/svg+xml',
  '.png': 'image/png',
  '.ico': 'image/x-icon',
  '.woff2': 'font/woff2',
  '.json': 'application/json; charset=utf-8',
};

/**
 * Reads the built window once, at the start: no request ever names a path on the disk, and a rebuild beside a running
 * app does not mix two builds.
 */
export async function readWindowFiles(folder: string): Promise<WindowFiles> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true }).catch(() => []);
  const files = entries.filter((entry) => entry.isFile() && TYPES[extname(entry.name)] !== undefined);
  const read = files.map(async (entry): Promise<[string, WindowFile]> => {
    const path = join(entry.parentPath, entry.name);
    return [urlPath(relative(folder, path)), await readWindowFile(path)];
  });
  const found = new Map(await Promise.all(read));
  if (!found.has('/index.html')) throw windowMissing(folder);
  return found;
}

async function readWindowFile(path: string): Promise<WindowFile> {
  return {
    type: TYPES[extname(path)] ?? 'application/octet-stream',
    body: await readFile(path),
    isImmutable: /-[\w-]{8}\.\w+$/.test(path),
  };
}

const urlPath = (path: string): string => `/${path.split(sep).join('/')}`;

function windowMissing(folder: string): DomainError {
  return new DomainError(
    'shell.window-missing',
    `The window's files are not in ${folder}.`,
    'Start with `npm start` or `npx verdict-desk`, which build them, or reinstall the app.',
  );
}
