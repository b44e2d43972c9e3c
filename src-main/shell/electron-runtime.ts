import { type ChildProcess, spawn } from 'node:child_process';
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { appRoot } from './app-root.ts';
import { withoutKey } from './child-environment.ts';

export type ElectronRuntime =
  | { readonly kind: 'here'; readonly program: string }
  /** Why not, as the second half of a sentence. */
  | { readonly kind: 'absent'; readonly reason: string };

/** No byte for this long means no answer. */
const PATIENCE_MS = 15_000;
const NEGATIVE_ANSWER_LASTS_MS = 86_400_000;

/**
 * Electron's program in a checkout. Its package downloads the runtime when it is first needed (45 and newer have no
 * install script); where the download does not answer, that is remembered for a day.
 */
export async function findElectron(
  folder: string | null = electronFolder(),
  patienceMs: number = PATIENCE_MS,
): Promise<ElectronRuntime> {
  if (folder === null) return absent('it is not installed');
  const installed = programIn(folder);
  if (installed !== null) return { kind: 'here', program: installed };
  const remembered = join(folder, 'no-runtime');
  if (isRecent(remembered)) return absent(`${readFileSync(remembered, 'utf8')}; it is tried again tomorrow`);
  const failure = await download(folder, patienceMs);
  const fetched = programIn(folder);
  if (fetched !== null) return { kind: 'here', program: fetched };
  writeFileSync(remembered, failure);
  return absent(failure);
}

const absent = (reason: string): ElectronRuntime => ({ kind: 'absent', reason });

function electronFolder(): string | null {
  try {
    return dirname(createRequire(join(appRoot, 'package.json')).resolve('electron/package.json'));
  } catch {
    return null;
  }
}

/** `path.txt` names the program inside `dist`, as electron/index.js reads it. */
function programIn(folder: string): string | null {
  const override = process.env['ELECTRON_OVERRIDE_DIST_PATH'];
  try {
    const program = join(override ?? join(folder, 'dist'), readFileSync(join(folder, 'path.txt'), 'utf8'));
    return existsSync(program) ? program : null;
  } catch {
    return null;
  }
}

function isRecent(file: string): boolean {
  const stats = statSync(file, { throwIfNoEntry: false });
  return stats !== undefined && Date.now() - stats.mtimeMs < NEGATIVE_ANSWER_LASTS_MS;
}

/** Runs the package's own installer for as long as bytes arrive. Answers what went wrong, or an empty text. */
async function download(folder: string, patienceMs: number): Promise<string> {
  const temporary = mkdtempSync(join(tmpdir(), 'verdict-desk-electron-'));
  const child = spawn(process.execPath, [join(folder, 'install.js')], {
    stdio: 'ignore',
    env: { ...withoutKey(process.env), TMPDIR: temporary, TMP: temporary, TEMP: temporary },
  });
  const end = () => child.kill('SIGKILL');
  process.once('exit', end);
  try {
    return await outcomeOf(child, () => bytesIn(temporary) + bytesIn(join(folder, 'dist')), patienceMs);
  } finally {
    process.off('exit', end);
    rmSync(temporary, { recursive: true, force: true });
  }
}

function outcomeOf(child: ChildProcess, countBytes: () => number, patienceMs: number): Promise<string> {
  const { promise, resolve } = Promise.withResolvers<string>();
  let bytes = countBytes();
  let changedAt = Date.now();
  const timer = setInterval(() => {
    const now = countBytes();
    if (now !== bytes) changedAt = Date.now();
    bytes = now;
    if (Date.now() - changedAt < patienceMs) return;
    child.kill('SIGKILL');
    resolve('the download does not answer');
  }, 250);
  child.once('error', () => resolve('its installer cannot be run'));
  child.once('exit', (code) => resolve(code === 0 ? '' : 'its download failed'));
  return promise.finally(() => clearInterval(timer));
}

function bytesIn(folder: string): number {
  if (!existsSync(folder)) return 0;
  const files = readdirSync(folder, { recursive: true, withFileTypes: true }).filter((entry) =>
    entry.isFile(),
  );
  return files.reduce(
    (sum, file) => sum + (statSync(join(file.parentPath, file.name), { throwIfNoEntry: false })?.size ?? 0),
    0,
  );
}
