import { START_MARK } from '../../../src-shared/formats/remote-scripts.ts';

const MARK = Buffer.from(START_MARK, 'latin1');
const LONGEST_GREETING_BYTES = 65_536;
const LINE_FEED = 0x0a;
const NOTHING = new Uint8Array(0);

/** Takes what a login shell printed before the program off one of its outputs (`START_SCRIPT` says where it begins). */
export class StartMark {
  #before = Buffer.alloc(0);
  /** Of the program; null until it began, 0 for what cannot be one: a signal to process 1 would be one to all. */
  processId: number | null = null;

  get hasStarted(): boolean {
    return this.processId !== null;
  }

  /** What a shell said that never started the program. */
  get greeting(): string {
    return this.#before.toString('utf8').trim();
  }

  /** The program's own part of a piece. */
  take(piece: Uint8Array): Uint8Array {
    if (this.hasStarted) return piece;
    const all = Buffer.concat([this.#before, piece]);
    const at = all.indexOf(MARK);
    const end = at === -1 ? -1 : all.indexOf(LINE_FEED, at + MARK.length);
    if (end === -1) {
      this.#before = all.subarray(-LONGEST_GREETING_BYTES);
      return NOTHING;
    }
    this.#before = Buffer.alloc(0);
    this.processId = processIdIn(all.toString('latin1', at + MARK.length, end));
    return all.subarray(end + 1);
  }
}

function processIdIn(text: string): number {
  const number = /^\d{1,10}$/.test(text) ? Number(text) : 0;
  return number > 1 ? number : 0;
}
