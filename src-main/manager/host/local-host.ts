import type { Dirent } from 'node:fs';
import { lstat, readdir, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { factsOfNode } from './file-facts.ts';
import { checkPath, hasCode } from './host-errors.ts';
import { openHere } from './local-file.ts';
import { runHere } from './local-program.ts';
import { watchHere } from './local-watch.ts';
import type {
  HostEntry,
  HostFile,
  HostFileContent,
  HostFileFacts,
  HostWatch,
  ManagerHost,
  ReadFileOptions,
  ReplacedFile,
  ReplaceFileOptions,
  RunRequest,
  RunResult,
} from './manager-host.ts';
import { specOf, type OnOutput } from './program.ts';
import { readAsRoot } from './read-as-root.ts';
import { replaceByScript } from './replace-by-script.ts';
import { RootRunner, type RootAccess } from './root-access.ts';
import { readWhole } from './whole-file.ts';

/** A manager on this very machine. */
export class LocalHost implements ManagerHost {
  readonly kind = 'local';
  readonly name: string;
  readonly #root: RootRunner;

  constructor(name: string, access: RootAccess) {
    this.name = name;
    this.#root = new RootRunner({ name, isRoot: () => Promise.resolve(isRoot()), execute: runHere }, access);
  }

  hasShell(): Promise<boolean> {
    return Promise.resolve(process.platform !== 'win32');
  }

  async run(request: RunRequest): Promise<RunResult> {
    return this.#run(request);
  }

  async stream(request: RunRequest, onOutput: OnOutput): Promise<RunResult> {
    return this.#run(request, onOutput);
  }

  async stat(path: string): Promise<HostFileFacts | null> {
    try {
      return factsOfNode(await stat(checkPath(path), { bigint: true }));
    } catch (error) {
      if (hasCode(error, 'ENOENT')) return null;
      throw error;
    }
  }

  async list(folder: string): Promise<readonly HostEntry[]> {
    const entries = await readdir(checkPath(folder), { withFileTypes: true });
    return Promise.all(entries.map(async (entry) => ({ name: entry.name, facts: await factsOf(entry) })));
  }

  async open(path: string): Promise<HostFile> {
    return openHere(checkPath(path));
  }

  async readFile(path: string, options: ReadFileOptions): Promise<HostFileContent> {
    if (options.asRoot === true && !isRoot()) {
      return readAsRoot((request) => this.run(request), checkPath(path), options);
    }
    const file = await openHere(checkPath(path));
    try {
      return await readWhole(file, path, options.maxBytes, options.signal);
    } finally {
      file.close();
    }
  }

  async replaceFile(path: string, bytes: Uint8Array, options: ReplaceFileOptions): Promise<ReplacedFile> {
    return replaceByScript((request) => this.run(request), checkPath(path), bytes, options);
  }

  watch(path: string, onEvent: () => void): HostWatch {
    return watchHere(checkPath(path), onEvent);
  }

  #run(request: RunRequest, onOutput?: OnOutput): Promise<RunResult> {
    const spec = specOf(request, onOutput);
    return request.asRoot === true ? this.#root.run(spec) : runHere(spec);
  }
}

function isRoot(): boolean {
  return process.geteuid?.() === 0;
}

/** Null for an entry that went away meanwhile. */
async function factsOf(entry: Dirent): Promise<HostFileFacts | null> {
  try {
    return factsOfNode(await lstat(join(entry.parentPath, entry.name), { bigint: true }));
  } catch {
    return null;
  }
}
