import { spawn } from 'node:child_process';
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { fileURLToPath } from 'node:url';
import { FuseState, FuseV1Options, getCurrentFuseWire } from '@electron/fuses';
import { expect, test } from 'vitest';
import { temporaryFolder } from './window-folder.ts';

const root = fileURLToPath(new URL('../../..', import.meta.url));
const resolve = createRequire(join(root, 'package.json')).resolve;

/** What @electron/fuses looks for in Electron's program, then version 1, nine fuses, each `0` or `1`. */
const FUSE_WIRE = Buffer.concat([
  Buffer.from('dL7pKGdnNz796PbbjQWNKmHXBZaB9tsX'),
  Buffer.from([1, 9]),
  Buffer.from('101001111'),
]);

/** Electron's folder with a program that is nothing but fuses: packing needs no more, and no network. */
function aStubElectron(): string {
  const folder = temporaryFolder();
  mkdirSync(join(folder, 'resources'));
  const padding = Buffer.alloc(64);
  writeFileSync(join(folder, 'electron'), Buffer.concat([padding, FUSE_WIRE, padding]), { mode: 0o755 });
  writeFileSync(join(folder, 'LICENSE'), 'stub');
  return folder;
}

async function packFor(platform: string): Promise<string> {
  const output = temporaryFolder();
  const child = spawn(
    process.execPath,
    [
      resolve('electron-builder/cli.js'),
      `--${platform}`,
      'dir',
      '--publish=never',
      `-c.electronDist=${aStubElectron()}`,
      `-c.directories.output=${output}`,
    ],
    { cwd: root, stdio: ['ignore', 'pipe', 'pipe'] },
  );
  const [words, complaints] = await Promise.all([text(child.stdout), text(child.stderr)]);
  const folder = join(output, 'linux-unpacked');
  if (!existsSync(join(folder, 'resources/app.asar'))) throw new Error(words + complaints);
  return folder;
}

interface AsarFolder {
  readonly files?: Readonly<Record<string, AsarFolder>>;
}

/** The names in an archive: its header is JSON behind four lengths (asar 3). */
function filesIn(archive: string): string[] {
  const bytes = readFileSync(archive);
  const header: AsarFolder = JSON.parse(bytes.toString('utf8', 16, 16 + bytes.readUInt32LE(12)));
  return namesIn(header, '');
}

function namesIn(folder: AsarFolder, path: string): string[] {
  const entries = Object.entries(folder.files ?? {});
  return entries.flatMap(([name, entry]) =>
    entry.files === undefined ? [path + name] : namesIn(entry, `${path}${name}/`),
  );
}

test(
  'the package holds what runs and nothing else, and its fuses are set',
  { timeout: 180_000 },
  async ({ skip }) => {
    skip(process.platform !== 'linux', 'packing for Linux is tried on Linux');
    skip(!existsSync(join(root, 'build/out/main.js')), 'the bundle is not built; `npm test` builds it');
    const folder = await packFor('linux');

    const files = filesIn(join(folder, 'resources/app.asar'));
    expect(files).toEqual(
      expect.arrayContaining([
        'package.json',
        'build/out/main.js',
        'build/out/preload.cjs',
        'build/out/core-worker.js',
        'build/out/reader-worker.js',
        'build/out/renderer/index.html',
        `node_modules/better-sqlite3/prebuilds/linux-${process.arch}.node`,
        'node_modules/undici/package.json',
        'node_modules/ssh2/lib/index.js',
      ]),
    );
    const unwanted = files.filter((file) =>
      /^(src-|test\/|build\/(?!out\/)|node_modules\/(node-linux|react|vite|electron|cpu-features|nan\/)|node_modules\/ssh2\/(test|examples|util|install)|node_modules\/ssh2\/lib\/protocol\/crypto\/src|node_modules\/better-sqlite3\/(deps|src)\/)|(darwin|win32|musl)[^/]*\.node$/.test(
        file,
      ),
    );
    expect(unwanted).toEqual([]);

    const fuses = await getCurrentFuseWire(join(folder, 'verdict-desk'));
    const stateOf = (fuse: FuseV1Options) => fuses[fuse];
    for (const off of [
      FuseV1Options.RunAsNode,
      FuseV1Options.EnableNodeOptionsEnvironmentVariable,
      FuseV1Options.EnableNodeCliInspectArguments,
      FuseV1Options.GrantFileProtocolExtraPrivileges,
    ]) {
      expect(stateOf(off)).toBe(FuseState.DISABLE);
    }
    for (const on of [
      FuseV1Options.EnableCookieEncryption,
      FuseV1Options.EnableEmbeddedAsarIntegrityValidation,
      FuseV1Options.OnlyLoadAppFromAsar,
    ]) {
      expect(stateOf(on)).toBe(FuseState.ENABLE);
    }
  },
);
