// Bundles what people run: build/out/{main,cli,core-worker,reading-worker,reader-worker}.js, preload.cjs and renderer/.
import { mkdirSync, mkdtempSync, readdirSync, renameSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { dirname, join, relative } from 'node:path';
import { isBundleFresh, isFresh, SIDES, sourceStamp, stampFile } from './freshness.mjs';
import { withLock } from './lock.mjs';
import { cacheFolder, outFolder, root } from './paths.mjs';

/** Real packages at run time: native parts (ssh2 looks for optional ones), and undici, whose own files are many and rarely change. */
const EXTERNAL = ['electron', 'better-sqlite3', '@napi-rs/keyring', 'ssh2', 'undici'];
/** Native speed-ups that ws tries to load and does without. */
const ABSENT = ['bufferutil', 'utf-8-validate'];

const BUILDERS = { main: buildMain, renderer: buildRenderer };

/** Rebuilds the sides whose sources changed. Safe beside another start: one builds, the other waits and uses it. */
export async function ensureBundle(say = () => {}) {
  if (isBundleFresh()) return;
  await withLock(join(cacheFolder, 'bundle.lock'), async () => {
    for (const side of Object.keys(SIDES).filter((side) => !isFresh(side))) {
      say(`Building ${side === 'main' ? 'the app' : 'the window'} …`);
      await rebuild(side);
    }
  });
}

async function rebuild(side) {
  const stamp = sourceStamp(side); // Taken first: a source saved meanwhile makes the result stale again.
  mkdirSync(cacheFolder, { recursive: true });
  const folder = mkdtempSync(join(cacheFolder, `bundle-${side}-`));
  try {
    await BUILDERS[side](folder);
    moveInto(folder, outFolder);
    writeFileSync(stampFile(side), stamp);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

async function buildMain(folder) {
  const { build } = await import('vite');
  await build(
    nodeBuild(folder, 'es', {
      main: 'src-main/shell/main.ts',
      cli: 'src-main/cli/main.ts',
      'core-worker': 'src-main/app/core-worker.ts',
      'reading-worker': 'src-main/app/reading-worker.ts',
      'reader-worker': 'src-main/store/reader-worker.ts',
    }),
  );
  // A sandboxed preload can be neither a module nor several files.
  await build(nodeBuild(folder, 'cjs', { preload: 'src-main/shell/preload.ts' }));
}

function nodeBuild(outDir, format, entries) {
  const input = Object.fromEntries(Object.entries(entries).map(([name, file]) => [name, join(root, file)]));
  return {
    configFile: false,
    root,
    logLevel: 'warn',
    build: {
      ssr: true,
      target: 'node24',
      outDir,
      emptyOutDir: false,
      minify: false,
      rolldownOptions: {
        input,
        output: {
          format,
          entryFileNames: format === 'cjs' ? '[name].cjs' : '[name].js',
          chunkFileNames: 'chunk-[name]-[hash].js',
        },
      },
    },
    ssr: { noExternal: true, external: [...EXTERNAL, ...ABSENT] },
  };
}

async function buildRenderer(folder) {
  const { build } = await import('vite');
  const source = join(root, 'src-renderer');
  await build({
    configFile: join(source, 'vite.config.ts'),
    root: source,
    logLevel: 'warn',
    build: { outDir: join(folder, 'renderer'), emptyOutDir: true, chunkSizeWarningLimit: 2000 },
  });
}

/**
 * File by file, entries last: each replacement is one rename, so a start in this very moment finds either the old
 * files or the new ones. Names with a hash stay for processes that still run on them, and go a day later.
 */
function moveInto(from, to) {
  const files = filesIn(from);
  for (const file of files.toSorted((a, b) => Number(isEntry(a)) - Number(isEntry(b)))) {
    mkdirSync(dirname(join(to, file)), { recursive: true });
    renameSync(join(from, file), join(to, file));
  }
  const dayAgo = Date.now() - 86_400_000;
  for (const file of filesIn(to).filter((file) => !isEntry(file) && !files.includes(file))) {
    if (statSync(join(to, file)).mtimeMs < dayAgo) rmSync(join(to, file), { force: true });
  }
}

function filesIn(folder) {
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => relative(folder, join(entry.parentPath, entry.name)));
}

/** What others know by its fixed name; everything else carries a hash of its content. */
function isEntry(file) {
  return !/-[\w-]{8}\.\w+$/.test(file);
}
