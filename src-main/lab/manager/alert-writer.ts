import type { AlertDraft, StampedAlert } from '../alerts/alert-draft.ts';
import { toJsonLine } from '../alerts/to-json-line.ts';
import { toText } from '../alerts/to-text.ts';
import type { AlertFiles } from './alert-files.ts';

/** Gives drafts their time, id and counters and writes them in both forms. */
export class AlertWriter {
  readonly #files: AlertFiles;
  readonly #managerName: string;
  readonly #fired = new Map<string, number>();

  constructor(files: AlertFiles, managerName: string) {
    this.#files = files;
    this.#managerName = managerName;
  }

  write(draft: AlertDraft, atMs: number): StampedAlert {
    const { stamped, ...record } = this.#stamp(draft, atMs);
    this.#files.append(record);
    return stamped;
  }

  /** Writes only the beginning; the next alert, or `complete` of the files, adds the rest. */
  begin(draft: AlertDraft, atMs: number): StampedAlert {
    const { stamped, ...record } = this.#stamp(draft, atMs);
    this.#files.begin(record);
    return stamped;
  }

  /** The manager starts anew: its counters begin again. */
  forgetCounters(): void {
    this.#fired.clear();
  }

  #stamp(draft: AlertDraft, atMs: number) {
    this.#files.complete();
    this.#files.moveTo(atMs);
    const firedTimes = (this.#fired.get(draft.rule.id) ?? 0) + 1;
    this.#fired.set(draft.rule.id, firedTimes);
    const id = `${Math.floor(atMs / 1000)}.${this.#files.offset}`;
    const stamped = { draft, atMs, id, firedTimes, managerName: this.#managerName };
    return { stamped, json: toJsonLine(stamped), log: toText(stamped) };
  }
}
