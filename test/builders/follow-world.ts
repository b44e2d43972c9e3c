import {
  closeSync,
  copyFileSync,
  existsSync,
  ftruncateSync,
  fstatSync,
  linkSync,
  mkdirSync,
  openSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  unlinkSync,
  utimesSync,
  writeFileSync,
  writeSync,
} from 'node:fs';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { MONTHS } from '../../src-main/alerts/archive-names.ts';

const DAY_MS = 86_400_000;

/** What was written to one file between its creation, or being cut back, and its end. */
export interface Stretch {
  text: string;
  /** Set when the bytes went away: what of it had not been read by then may be missing. */
  lostAfter: number | null;
}

interface WrittenFile {
  readonly descriptor: number;
  readonly datedPath: string;
  readonly inode: string;
  stretch: Stretch;
  isGone: boolean;
}

/**
 * The manager's side of the model: writes, rotates and spoils a live alert file the ways managers, logrotate and people
 * do, with modification times of its own clock, and remembers what it wrote where.
 */
export class FollowWorld {
  readonly live: string;
  readonly #folder: string;
  /** In the order in which they have to be read. */
  readonly stretches: Stretch[] = [];
  #nowMs: () => number;
  readonly files: WrittenFile[] = [];
  #unwritten = '';
  #previous: WrittenFile | null = null;
  #day: number;
  #chunk = -1;

  constructor(folder: string, nowMs: () => number) {
    this.#folder = folder;
    this.#nowMs = nowMs;
    this.#day = Math.floor(nowMs() / DAY_MS);
    this.live = join(folder, 'alerts.json');
    this.#begin();
  }

  get current(): WrittenFile {
    const current = this.files.at(-1);
    if (!current) throw new Error('the world has no live file');
    return current;
  }

  append(lines: readonly string[]): void {
    this.finish();
    this.#write(this.current, lines.map((line) => `${line}\n`).join(''));
  }

  /** Writes the first part of a line; `finish` writes the rest. */
  appendPart(line: string, share: number): void {
    this.finish();
    const length = Math.max(1, Math.floor(line.length * share));
    this.#unwritten = `${line.slice(length)}\n`;
    this.#write(this.current, line.slice(0, length));
  }

  finish(): void {
    this.#write(this.current, this.#unwritten);
    this.#unwritten = '';
  }

  /** The writer still had lines for the file that was just replaced. */
  appendLate(lines: readonly string[]): void {
    if (this.#previous && !this.#previous.isGone) {
      const rest =
        this.#previous.stretch.text.endsWith('\n') || this.#previous.stretch.text === '' ? '' : '\n';
      this.#write(this.#previous, rest + lines.map((line) => `${line}\n`).join(''));
    }
  }

  rotateByDay(): void {
    this.#day += 1;
    this.#chunk = -1;
    this.#replace(() => unlinkSync(this.live));
  }

  rotateBySize(): void {
    this.#replace(() => unlinkSync(this.live));
  }

  rotateByRename(): void {
    this.#replace(() => {
      this.#shiftSiblings();
      renameSync(this.live, `${this.live}.1`);
    });
  }

  /** More time has passed than a writer needs to turn to the new file. */
  endLateLines(): void {
    this.#previous = null;
  }

  /** logrotate's copytruncate. */
  copyAndCut(isRecoverable: boolean, read: number): void {
    const { current } = this;
    if (current.stretch.text === '') return;
    this.#shiftSiblings();
    copyFileSync(this.live, `${this.live}.1`);
    this.#touch(`${this.live}.1`);
    this.#cut(isRecoverable ? null : read);
  }

  /** Somebody empties the file; `read` lines of it had been read. */
  cut(read: number): void {
    if (this.current.stretch.text !== '') this.#cut(read);
  }

  /** Somebody deletes the file under all its names, and the manager makes a new one. */
  deleteAndRecreate(read: number, isOpen: boolean): void {
    const { current } = this;
    this.#replace(() => {
      unlinkSync(this.live);
      unlinkSync(current.datedPath);
    });
    current.isGone = true;
    if (!isOpen) current.stretch.lostAfter = read;
    this.#previous = null;
  }

  /** A reader that held deleted files open has died: what it had not read of them is gone. */
  forgetDeleted(readOf: (stretch: Stretch) => number): boolean {
    let forgotten = false;
    for (const file of this.files) {
      if (!file.isGone || file.stretch.lostAfter !== null) continue;
      file.stretch.lostAfter = readOf(file.stretch);
      forgotten ||= file.stretch.lostAfter < linesOf(file.stretch).length;
    }
    return forgotten;
  }

  /**
   * The manager compresses an old day, which is new by its time then; where logrotate is at work too, it keeps the time
   * as gzip does, since nothing but times tells the order of the two kinds of archive.
   */
  compress(choice: number): void {
    const old = this.files.slice(0, -1).filter((file) => !file.isGone && existsSync(file.datedPath));
    const file = old[choice % Math.max(old.length, 1)];
    if (!file || file === this.#previous) return;
    for (let n = 1; existsSync(`${this.live}.${n}`); n += 1) {
      if (statSync(`${this.live}.${n}`).ino === fstatSync(file.descriptor).ino) return;
    }
    writeFileSync(`${file.datedPath}.gz`, gzipSync(readFileSync(file.datedPath), { level: 1 }));
    const { atime, mtime } = statSync(file.datedPath);
    utimesSync(`${file.datedPath}.gz`, atime, mtime);
    if (!existsSync(`${this.live}.1`)) this.#touch(`${file.datedPath}.gz`);
    unlinkSync(file.datedPath);
  }

  close(): void {
    for (const { descriptor } of this.files) closeSync(descriptor);
    rmSync(this.#folder, { recursive: true, force: true });
  }

  #replace(unlinkLive: () => void): void {
    const before = this.current;
    unlinkLive();
    this.#begin();
    this.#unwritten = '';
    this.#previous = before;
  }

  #begin(): void {
    this.#chunk += 1;
    const date = new Date(this.#day * DAY_MS);
    const folder = join(this.#folder, String(date.getUTCFullYear()), MONTHS[date.getUTCMonth()] ?? '');
    mkdirSync(folder, { recursive: true });
    const chunk = this.#chunk === 0 ? '' : `-${String(this.#chunk).padStart(3, '0')}`;
    const datedPath = join(folder, `ossec-alerts-${String(date.getUTCDate()).padStart(2, '0')}${chunk}.json`);
    const descriptor = openSync(datedPath, 'a');
    linkSync(datedPath, this.live);
    const stretch = { text: '', lostAfter: null };
    this.stretches.push(stretch);
    const inode = fstatSync(descriptor, { bigint: true }).ino.toString();
    this.files.push({ descriptor, datedPath, inode, stretch, isGone: false });
    this.#touch(datedPath);
  }

  #write(file: WrittenFile, text: string): void {
    if (text === '') return;
    writeSync(file.descriptor, text);
    file.stretch.text += text;
    if (!file.isGone) this.#touch(file.datedPath);
  }

  #cut(lostAfter: number | null): void {
    const { current } = this;
    ftruncateSync(current.descriptor, 0);
    this.#touch(this.live);
    current.stretch.lostAfter = lostAfter;
    current.stretch = { text: '', lostAfter: null };
    this.stretches.push(current.stretch);
    this.#previous = null;
  }

  #shiftSiblings(): void {
    let last = 0;
    while (existsSync(`${this.live}.${last + 1}`)) last += 1;
    for (let n = last; n > 0; n -= 1) renameSync(`${this.live}.${n}`, `${this.live}.${n + 1}`);
  }

  #touch(path: string): void {
    utimesSync(path, this.#nowMs() / 1000, this.#nowMs() / 1000);
  }
}

/** The alerts of a stretch that is complete: whole lines, and an unterminated last one that is whole JSON. */
export function linesOf(stretch: Stretch): string[] {
  return stretch.text.split('\n').filter((line) => isWhole(line));
}

/** How many lines of a complete stretch are no alerts. */
export function brokenLinesOf(stretch: Stretch): number {
  return stretch.text.split('\n').filter((line) => line !== '' && !isWhole(line)).length;
}

function isWhole(line: string): boolean {
  return line.startsWith('{"timestamp"') && line.endsWith('"location":"syscheck"}');
}
