import type { SshLink, SshSession } from '../ssh/ssh-link.ts';
import { factsOfSftp } from './file-facts.ts';
import { checkPath, connectionLost, hasCode } from './host-errors.ts';
import { FIRST_ANSWER_MS, LiveSession } from './live-session.ts';
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
import { specOf, type Machine, type OnOutput } from './program.ts';
import { readAsRoot } from './read-as-root.ts';
import { replaceByScript } from './replace-by-script.ts';
import { RootRunner, type RootAccess } from './root-access.ts';
import { openSftpFile } from './sftp-file.ts';
import { listSftpFolder } from './sftp-folder.ts';
import { replaceBySftp } from './sftp-replace.ts';
import { SshWatch } from './ssh-watch.ts';
import { StatHelperEnded, StatMissing } from './stat-helper.ts';
import { readWhole } from './whole-file.ts';

/** A manager behind SSH. It lives as long as its profile and uses whatever connection the link has at the moment. */
export class SshHost implements ManagerHost {
  readonly kind = 'ssh';
  readonly name: string;
  readonly #link: SshLink;
  readonly #firstAnswerMs: number;
  readonly #root: RootRunner;
  readonly #watches = new Set<SshWatch>();
  readonly #forgetLink: () => void;
  #live: LiveSession | null = null;

  /** `firstAnswerMs`: how long the account's login shell may take to start its first program. */
  constructor(name: string, link: SshLink, access: RootAccess, firstAnswerMs = FIRST_ANSWER_MS) {
    this.name = name;
    this.#link = link;
    this.#firstAnswerMs = firstAnswerMs;
    const machine: Machine = {
      name,
      isRoot: async () => (await (await this.#session()).account()).isRoot,
      execute: async (spec) => (await this.#session(spec.signal)).execute(spec),
    };
    this.#root = new RootRunner(machine, access);
    this.#forgetLink = link.onConnected(() => {
      for (const watch of this.#watches) watch.rearm();
    });
  }

  /** Lets go of the link; the link itself is its owner's to stop. */
  close(): void {
    this.#forgetLink();
    for (const watch of this.#watches) watch.close();
  }

  async hasShell(): Promise<boolean> {
    return (await (await this.#session()).account()).hasShell;
  }

  run(request: RunRequest): Promise<RunResult> {
    return this.#run(request);
  }

  stream(request: RunRequest, onOutput: OnOutput): Promise<RunResult> {
    return this.#run(request, onOutput);
  }

  async stat(path: string): Promise<HostFileFacts | null> {
    const live = await this.#session();
    const canAsk = (await live.account()).hasShell && live.hasStat && !/[\n\r]/.test(checkPath(path));
    return canAsk ? this.#statByShell(live, path) : this.#statBySftp(live, path);
  }

  async list(folder: string): Promise<readonly HostEntry[]> {
    return listSftpFolder(await (await this.#session()).sftp(), checkPath(folder));
  }

  async open(path: string): Promise<HostFile> {
    const live = await this.#session();
    return openSftpFile(await live.sftp(), checkPath(path));
  }

  async readFile(path: string, options: ReadFileOptions): Promise<HostFileContent> {
    const live = await this.#session(options.signal);
    if (options.asRoot === true && !(await live.account()).isRoot) {
      return readAsRoot((request) => this.#run(request), checkPath(path), options);
    }
    const file = await openSftpFile(await live.sftp(), checkPath(path));
    try {
      return await readWhole(file, path, options.maxBytes, options.signal);
    } finally {
      file.close();
    }
  }

  async replaceFile(path: string, bytes: Uint8Array, options: ReplaceFileOptions): Promise<ReplacedFile> {
    const live = await this.#session(options.signal);
    const { hasShell } = await live.account();
    if (hasShell || options.asRoot === true) {
      return replaceByScript((request) => this.#run(request), checkPath(path), bytes, options);
    }
    return replaceBySftp(await live.sftp(), checkPath(path), bytes, options);
  }

  watch(path: string, onEvent: () => void): HostWatch {
    const watch = new SshWatch(
      checkPath(path),
      onEvent,
      async (argv) => (await this.#session()).startToStay(argv),
      (closed) => this.#watches.delete(closed),
    );
    this.#watches.add(watch);
    return watch;
  }

  async #session(signal?: AbortSignal): Promise<LiveSession> {
    const session: SshSession = await this.#link.session(signal);
    if (this.#live?.session !== session)
      this.#live = new LiveSession(session, this.name, this.#firstAnswerMs);
    return this.#live;
  }

  async #run(request: RunRequest, onOutput?: OnOutput): Promise<RunResult> {
    const spec = specOf(request, onOutput);
    if (request.asRoot === true) return this.#root.run(spec);
    const {
      hasStarted: _hasStarted,
      greeting: _greeting,
      ...result
    } = await (await this.#session(spec.signal)).execute(spec);
    return result;
  }

  async #statByShell(live: LiveSession, path: string, isRepeated = false): Promise<HostFileFacts | null> {
    try {
      const helper = await live.statHelper();
      return helper ? await helper.ask(path) : await this.#statBySftp(live, path);
    } catch (error) {
      if (error instanceof StatMissing) {
        live.hasStat = false;
        return this.#statBySftp(live, path);
      }
      if (!(error instanceof StatHelperEnded)) throw error;
      if (live.isClosed) throw connectionLost(this.name, error);
      // One that ends again at once will go on ending: this connection does without.
      if (isRepeated) live.hasStat = false;
      return live.hasStat ? this.#statByShell(live, path, true) : this.#statBySftp(live, path);
    }
  }

  async #statBySftp(live: LiveSession, path: string): Promise<HostFileFacts | null> {
    try {
      return factsOfSftp(await (await live.sftp()).stat(checkPath(path)));
    } catch (error) {
      if (hasCode(error, 'ENOENT')) return null;
      throw error;
    }
  }
}
