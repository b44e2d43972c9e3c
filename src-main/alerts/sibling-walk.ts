import { setImmediate as nextTurn } from 'node:timers/promises';
import type { AlertFormat } from '../../src-shared/domain/alert.ts';
import { parseAlertId, type AlertMark } from '../../src-shared/domain/completeness.ts';
import type { AlertFileHost } from './alert-file-host.ts';
import type { AlertRecord } from './alert-journal.ts';
import { listChain, monthBefore, type ChainFile } from './archive-chain.ts';
import { describeGap } from './archive-names.ts';
import { EveryJsonLine } from './every-json-line.ts';
import { DEFAULT_CHUNK_BYTES } from './follow-options.ts';
import { openAlertFile } from './follow-reading.ts';
import { LogReader } from './log-reader.ts';
import { alertTimeMs } from './position-head.ts';
import type { ReadRecords, RecordReader } from './record-reader.ts';

/** What the other form of the alert files holds between two alerts. */
export interface WalkResult {
  /** The first alert was met. */
  readonly isBegun: boolean;
  /** Both alerts were met and nothing is missing between them; without a second one, the end of the files was met. */
  readonly isWhole: boolean;
  /** Alerts between the two, those of no interest included. */
  readonly alerts: number;
}

export interface WalkOptions {
  readonly files: AlertFileHost;
  /** The live name of the other form. */
  readonly path: string;
  readonly format: AlertFormat;
  readonly afterAlertId: string;
  /** Null: to the end. */
  readonly beforeAlertId: string | null;
  /** Is given what lies between, in order. */
  readonly take: (records: readonly AlertRecord[], alerts: number) => void;
}

/** Both files hold the same alerts in the same order (wazuh.md 2.1). */
export async function walkSibling(options: WalkOptions): Promise<WalkResult> {
  const { files, path, afterAlertId } = options;
  const sinceMs = alertTimeMs(afterAlertId);
  const chain = await listChain(files, path, monthBefore(sinceMs));
  const candidates = chain.filter((file) => sinceMs === null || Math.ceil(file.modifiedMs) >= sinceMs);
  const walk = new SiblingWalk(options);
  let before: ChainFile | null = null;
  // A day that neither form has was one without alerts: what is removed for its age takes the days before along.
  for (const file of candidates) {
    if (walk.isBegun && before) walk.isBroken ||= describeGap(before.name, file.name, false) !== null;
    await walk.readFile(file);
    if (walk.isBegun) before = file;
    if (walk.isDone) break;
  }
  return walk.result();
}

class SiblingWalk {
  readonly #options: WalkOptions;
  isBegun = false;
  isDone = false;
  isBroken = false;
  #alerts = 0;

  constructor(options: WalkOptions) {
    this.#options = options;
  }

  async readFile(file: ChainFile): Promise<void> {
    const { files, format, afterAlertId } = this.#options;
    const isText = format === 'log';
    const offset = isText && !this.isBegun ? (parseAlertId(afterAlertId)?.offset ?? 0) : 0;
    if (!file.isCompressed && file.sizeBytes <= offset) return;
    const open = await openAlertFile(files, file, { offset, chunkBytes: DEFAULT_CHUNK_BYTES });
    const reader: RecordReader = isText ? new LogReader(offset, true) : new EveryJsonLine(offset);
    try {
      for (;;) {
        const read = await open.read();
        if (read.kind !== 'bytes') {
          if (read.kind !== 'end') this.isBroken = this.isBegun;
          break;
        }
        const found = reader.push(read.bytes);
        this.#take(found);
        // In the text form the alert stands at its own OFF, or not in this file.
        const isElsewhere = isText && !this.isBegun && (found.marks ?? []).length > 0;
        if (this.isDone || isElsewhere) return;
        // A day of alerts may be long: other work gets its turn.
        await nextTurn();
      }
      this.#take(reader.end());
    } finally {
      open.close();
    }
  }

  result(): WalkResult {
    const { beforeAlertId } = this.#options;
    const isMet = beforeAlertId === null ? this.isBegun : this.isDone;
    return { isBegun: this.isBegun, isWhole: isMet && !this.isBroken, alerts: this.#alerts };
  }

  #take({ marks = [], records }: ReadRecords): void {
    const { afterAlertId, beforeAlertId, take } = this.#options;
    const after = this.isBegun ? null : placeOf(marks, afterAlertId);
    if (!this.isBegun && !after) return;
    this.isBegun = true;
    const before = beforeAlertId === null ? null : placeOf(marks, beforeAlertId);
    this.isDone = before !== null;
    const isBetween = (at: number) => (!after || at > after.at) && (!before || at < before.at);
    const alerts = marks.filter(({ at }) => isBetween(at)).length;
    this.#alerts += alerts;
    if (alerts > 0)
      take(
        records.filter(({ offset }) => isBetween(offset)),
        alerts,
      );
  }
}

function placeOf(marks: readonly AlertMark[], alertId: string): AlertMark | null {
  return marks.find((mark) => mark.alertId === alertId) ?? null;
}
