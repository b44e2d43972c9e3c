import { watch, type FSWatcher } from 'node:fs';
import { dirname } from 'node:path';
import type { Account } from '../accounts.ts';
import type { Machine } from '../machine.ts';
import type { Program } from '../program.ts';

/** At most twenty lines a second. */
const PAUSE_MS = 50;
/** `tail -F` looks so often whether the name stands for another file. */
const LOOK_MS = 1000;

/** WATCH_SCRIPT: an empty line whenever the file grew or its name stands for another one, until the input ends. */
export const watchPath: Program = async ({ argv, machine, account, input, signal, write }) => {
  const [path = ''] = argv;
  const watched = new WatchedPath(machine, account, path, () => void write('\n'));
  await new Promise<void>((resolve) => {
    signal.addEventListener('abort', () => resolve(), { once: true });
    input.once('end', resolve);
    input.once('close', resolve);
    input.resume();
  });
  watched.close();
  return 0;
};

class WatchedPath {
  readonly #machine: Machine;
  readonly #account: Account;
  readonly #path: string;
  readonly #tell: () => void;
  readonly #looking: NodeJS.Timeout;
  #pause: NodeJS.Timeout | null = null;
  #isDue = false;
  #watchers: FSWatcher[] = [];
  #state: string;

  constructor(machine: Machine, account: Account, path: string, tell: () => void) {
    this.#machine = machine;
    this.#account = account;
    this.#path = path;
    this.#tell = tell;
    this.#state = this.#look();
    this.#arm();
    this.#looking = setInterval(() => this.#check(), LOOK_MS);
    // What is not there yet is told of at once: the real `tail` complains.
    if (this.#state === '') this.#ring();
  }

  close(): void {
    clearInterval(this.#looking);
    if (this.#pause) clearTimeout(this.#pause);
    this.#disarm();
  }

  #check(): void {
    const state = this.#look();
    if (state === this.#state) return;
    const isOtherFile = fileOf(state) !== fileOf(this.#state);
    this.#state = state;
    if (isOtherFile) this.#arm();
    this.#ring();
  }

  /** Device, inode and size; empty when there is nothing to see. */
  #look(): string {
    try {
      const { stats } = this.#machine.open(this.#account, this.#path, 'r');
      return `${stats.dev} ${stats.ino} ${stats.size}`;
    } catch {
      return '';
    }
  }

  /** The file for its growth (a hard link tells its folder nothing), the folder for what happens to the name. */
  #arm(): void {
    this.#disarm();
    try {
      const { real, stats } = this.#machine.tree.find(this.#path);
      const targets = stats ? [real, dirname(real)] : [dirname(real)];
      for (const target of targets) {
        const watcher = watch(target, () => this.#check());
        watcher.on('error', () => watcher.close());
        this.#watchers.push(watcher);
      }
    } catch {
      // The folder is away: the regular look goes on.
    }
  }

  #disarm(): void {
    for (const watcher of this.#watchers) watcher.close();
    this.#watchers = [];
  }

  #ring(): void {
    if (this.#pause) {
      this.#isDue = true;
      return;
    }
    this.#tell();
    this.#pause = setTimeout(() => {
      this.#pause = null;
      if (!this.#isDue) return;
      this.#isDue = false;
      this.#ring();
    }, PAUSE_MS);
  }
}

function fileOf(state: string): string {
  return state.split(' ', 2).join(' ');
}
