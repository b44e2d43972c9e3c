import {
  closeSync,
  existsSync,
  fstatSync,
  linkSync,
  mkdirSync,
  openSync,
  rmSync,
  statSync,
  writeSync,
} from 'node:fs';
import { dirname } from 'node:path';
import { archiveDay } from './archive-day.ts';
import { datedPath, dayOf, FORMS, livePath, type DatedName, type Form } from './dated-files.ts';
import { mendTornFiles } from './mend-torn-files.ts';

/** monitord waits so long after midnight before it archives the day. */
const ARCHIVE_AFTER_MS = 10_000;
const DAY_MS = 86_400_000;

/** One record in both forms. */
export interface RecordTexts {
  readonly json: string;
  readonly log: string;
}

/**
 * alerts.json and alerts.log as analysisd keeps them (wazuh.md section 3.5, rotation/inodes.txt): the dated file is the
 * real one, the live name a hard link; a day change or a rotation links the name to a new file, a restart to the same.
 */
export class AlertFiles {
  readonly #root: string;
  #current: DatedName;
  #open: Record<Form, number>;
  #logLength: number;
  #archiveAt: { readonly dayMs: number; readonly atMs: number } | null;
  /** The second halves of a record that was begun only. */
  #held: RecordTexts | null = null;

  /** Opens the files of the day, or takes up those that are there. */
  constructor(root: string, atMs: number) {
    this.#root = root;
    const dayMs = dayOf(atMs);
    this.#current = { dayMs, chunk: newestChunk(root, dayMs) };
    // A manager that was stopped in the first seconds of a day archives the day before when it starts.
    this.#archiveAt = { dayMs: dayMs - DAY_MS, atMs };
    mendTornFiles(this.#pathOf('json'), this.#pathOf('log'));
    this.#open = this.#link();
    this.#logLength = fstatSync(this.#open.log).size;
  }

  /** Where the next record of alerts.log begins: the second half of its alert's id. */
  get offset(): number {
    return this.#logLength;
  }

  /** Does what is due by now: the day change, the archiving of the day before. Call before `offset` is used. */
  moveTo(atMs: number): void {
    if (dayOf(atMs) > this.#current.dayMs) this.#changeDay(atMs);
    if (this.#archiveAt && atMs >= this.#archiveAt.atMs) {
      archiveDay(this.#root, this.#archiveAt.dayMs);
      this.#archiveAt = null;
    }
  }

  append(record: RecordTexts): void {
    this.complete();
    this.#write(record);
  }

  /** Writes only the beginning of a record, as a buffered writer may; `complete` or the next record adds the rest. */
  begin({ json, log }: RecordTexts): void {
    this.complete();
    const half = { json: Buffer.from(json), log: Buffer.from(log) };
    const cut = { json: half.json.length >> 1, log: half.log.length >> 1 };
    this.#writeBytes(half.json.subarray(0, cut.json), half.log.subarray(0, cut.log));
    this.#held = { json: half.json.toString('latin1', cut.json), log: half.log.toString('latin1', cut.log) };
  }

  complete(): void {
    if (!this.#held) return;
    const { json, log } = this.#held;
    this.#held = null;
    this.#writeBytes(Buffer.from(json, 'latin1'), Buffer.from(log, 'latin1'));
  }

  /** Size rotation: the next chunk of the same day. */
  rotate(): void {
    this.complete();
    this.#close();
    this.#current = { dayMs: this.#current.dayMs, chunk: this.#current.chunk + 1 };
    this.#open = this.#link();
    this.#logLength = 0;
  }

  /** analysisd starts anew: the live names are linked again, the files go on. */
  restart(): void {
    this.complete();
    this.#close();
    this.#open = this.#link();
  }

  close(): void {
    this.complete();
    this.#close();
  }

  #changeDay(atMs: number): void {
    this.complete();
    this.#close();
    const past = this.#current.dayMs;
    this.#removeEmpty();
    if (this.#archiveAt) archiveDay(this.#root, this.#archiveAt.dayMs);
    this.#archiveAt = { dayMs: past, atMs: dayOf(atMs) + ARCHIVE_AFTER_MS };
    this.#current = { dayMs: dayOf(atMs), chunk: 0 };
    this.#open = this.#link();
    this.#logLength = 0;
  }

  /** A dated file that stayed empty does not outlive its day. */
  #removeEmpty(): void {
    for (const form of FORMS) {
      const path = this.#pathOf(form);
      if (existsSync(path) && statSync(path).size === 0) rmSync(path);
    }
  }

  #link(): Record<Form, number> {
    const open = (form: Form) => {
      const dated = this.#pathOf(form);
      const live = livePath(this.#root, form);
      mkdirSync(dirname(dated), { recursive: true, mode: 0o750 });
      const file = openSync(dated, 'a', 0o640);
      rmSync(live, { force: true });
      linkSync(dated, live);
      return file;
    };
    return { json: open('json'), log: open('log') };
  }

  /** The text form first, so that a killed lab can tell from the JSON form what was finished. */
  #write({ json, log }: RecordTexts): void {
    this.#writeBytes(Buffer.from(json), Buffer.from(log));
  }

  #writeBytes(json: Buffer, log: Buffer): void {
    writeSync(this.#open.log, log);
    writeSync(this.#open.json, json);
    this.#logLength += log.length;
  }

  #close(): void {
    for (const form of FORMS) closeSync(this.#open[form]);
  }

  #pathOf(form: Form): string {
    return datedPath(this.#root, this.#current, form);
  }
}

/** After a restart the day goes on in its newest chunk. */
function newestChunk(root: string, dayMs: number): number {
  let chunk = 0;
  while (existsSync(datedPath(root, { dayMs, chunk: chunk + 1 }, 'json'))) chunk += 1;
  return chunk;
}
