import { mkdtempSync } from 'node:fs';
import { join } from 'node:path';
import type { AlertFileHost } from '../../../src-main/alerts/alert-file-host.ts';
import { FollowCursor, type StepReport } from '../../../src-main/alerts/follow-cursor.ts';
import { localAlertFiles } from '../../../src-main/alerts/local-alert-files.ts';
import { aFimJsonLine } from '../../builders/alert-lines.ts';
import type { FlakyHost } from '../../builders/a-flaky-host.ts';
import { ManualClock } from '../../builders/manual-clock.ts';
import { MemoryJournal } from '../../builders/memory-journal.ts';
import { brokenLinesOf, FollowWorld, linesOf, type Stretch } from '../../builders/follow-world.ts';

export type Move =
  | { readonly kind: 'append' | 'appendLate'; readonly lines: number }
  | { readonly kind: 'appendPart'; readonly share: number }
  | { readonly kind: 'compress'; readonly choice: number }
  /** The connection drops: at once, or in the middle of a later step. */
  | { readonly kind: 'disconnect'; readonly afterQuestions: number }
  | { readonly kind: (typeof PLAIN_MOVES)[number] };

export const PLAIN_MOVES = [
  'finish',
  'rotateByDay',
  'rotateBySize',
  'rotateByRename',
  'copyAndCut',
  'cut',
  'deleteAndRecreate',
  'restart',
  'refuse',
  'rest',
  'step',
] as const;

/** What reached the journal, and what should have. */
export interface Comparison {
  readonly found: Reached;
  readonly expected: Reached;
}
interface Reached {
  readonly lines: readonly string[];
  readonly malformed: number | null;
  readonly hasReported: boolean;
}

export interface ModelOptions {
  readonly host?: AlertFileHost;
  /** Of a host that may drop its connection. */
  readonly flaky?: FlakyHost;
  /** How far the writer's clock moves between two moves. */
  readonly paceMs?: number;
}

/** Runs a sequence of moves of writer and follower, and compares at the end. */
export class FollowModel {
  readonly #clock = new ManualClock('2026-11-21T09:00:00Z');
  readonly #journal = new MemoryJournal();
  readonly #world: FollowWorld;
  #cursor: FollowCursor;
  #lineCount = 0;
  #mustReport = 0;
  #hasSpoiled = false;
  #mayReport = false;
  #hasUnseenCopy = false;

  readonly #options: ModelOptions;
  #seenLosses = 0;
  /** The reader's file went with the connection, which it has not noticed. */
  #hasLostFile = false;

  constructor(folder: string, options: ModelOptions = {}) {
    this.#options = options;
    this.#world = new FollowWorld(mkdtempSync(join(folder, 'follow-model-')), () => this.#clock.now());
    this.#cursor = this.#newCursor();
  }

  async run(moves: readonly Move[]): Promise<Comparison> {
    try {
      this.#world.append(this.#lines(1));
      await this.#step();
      for (const move of moves) {
        await this.#clock.advance(this.#options.paceMs ?? 3);
        await this.#make(move);
      }
      await this.#drain();
      this.#world.append(this.#lines(1));
      await this.#drain();
      return this.#compare();
    } finally {
      this.#cursor.close();
      this.#world.close();
    }
  }

  async #make(move: Move): Promise<void> {
    const world = this.#world;
    switch (move.kind) {
      case 'append':
        return world.append(this.#lines(move.lines));
      case 'appendLate':
        return world.appendLate(this.#lines(move.lines));
      case 'appendPart':
        return world.appendPart(this.#lines(1)[0] ?? '', move.share);
      case 'compress':
        return world.compress(move.choice);
      case 'finish':
      case 'rotateByDay':
      case 'rotateBySize':
      case 'rotateByRename':
        return world[move.kind]();
      case 'copyAndCut': {
        // A file of which nothing distinctive was read cannot be told from its successor under the same inode.
        const read = this.#readOf(world.current.stretch);
        this.#mayReport = true;
        this.#hasUnseenCopy = true;
        return world.copyAndCut(read > 0, read);
      }
      case 'cut':
        return this.#cut();
      case 'deleteAndRecreate':
        this.#hasSpoiled = true;
        return world.deleteAndRecreate(
          this.#readOf(world.current.stretch),
          // The reader turns to the copy and lets this file go: it has to find it again by a name.
          this.#cursor.fileInode === world.current.inode && !this.#hasUnseenCopy && !this.#hasLostFile,
        );
      case 'restart':
        this.#cursor.close();
        this.#forgetDeleted();
        this.#cursor = this.#newCursor();
        return;
      case 'disconnect':
        this.#options.flaky?.drop(move.afterQuestions);
        this.#hasLostFile = move.afterQuestions === 0;
        return this.#noticeLoss();
      case 'refuse':
        return this.#journal.refuseNext(new Error('disk full'));
      case 'rest':
        world.endLateLines();
        return this.#clock.advance(1_100);
      case 'step':
        await this.#step();
        this.#hasUnseenCopy = false;
        return;
    }
  }

  async #step(): Promise<StepReport> {
    const report = await this.#cursor.step();
    this.#hasLostFile = false;
    this.#noticeLoss();
    return report;
  }

  /** With the connection the open files went. */
  #noticeLoss(): void {
    const losses = this.#options.flaky?.losses ?? 0;
    if (losses > this.#seenLosses) this.#forgetDeleted();
    this.#seenLosses = losses;
  }

  #forgetDeleted(): void {
    if (this.#world.forgetDeleted((stretch) => this.#readOf(stretch))) this.#mustReport += 1;
  }

  #cut(): void {
    const { stretch } = this.#world.current;
    const read = this.#readOf(stretch);
    if (read > 0) this.#mustReport += 1;
    this.#hasSpoiled = true;
    this.#world.cut(read);
  }

  #newCursor(): FollowCursor {
    return new FollowCursor({
      sourceId: 1,
      host: this.#options.flaky ?? this.#options.host ?? localAlertFiles,
      path: this.#world.live,
      format: 'auto',
      archives: false,
      journal: this.#journal,
      clock: this.#clock,
      chunkBytes: 1_000,
    });
  }

  /** Steps until nothing more comes, with all the time that waiting may take. */
  async #drain(): Promise<void> {
    for (let quiet = 0; quiet < 3;) {
      const { next, grew } = await this.#step();
      quiet = next === 'wait' && !grew ? quiet + 1 : 0;
      if (next !== 'more') await this.#clock.advance(1_100);
    }
  }

  #lines(count: number): string[] {
    return Array.from({ length: count }, () => {
      this.#lineCount += 1;
      return aFimJsonLine(this.#lineCount, this.#clock.now());
    });
  }

  #readOf(stretch: Stretch): number {
    const known = new Set(this.#journal.lines);
    return linesOf(stretch).filter((line) => known.has(line)).length;
  }

  #compare(): Comparison {
    const { lines, losses, malformed } = this.#journal;
    const { stretches } = this.#world;
    const hasReported = losses.length > 0;
    if (!this.#hasSpoiled && stretches.every((stretch) => stretch.lostAfter === null)) {
      const broken = stretches.reduce((sum, stretch) => sum + brokenLinesOf(stretch), 0);
      return {
        found: { lines, malformed: malformed.length, hasReported: hasReported && !this.#mayReport },
        expected: {
          lines: stretches.flatMap((stretch) => linesOf(stretch)),
          malformed: broken,
          hasReported: false,
        },
      };
    }
    const read = new Set(lines);
    const expected = stretches.flatMap(({ text, lostAfter }) =>
      linesOf({ text, lostAfter }).filter((line, index) => index < (lostAfter ?? Infinity) || read.has(line)),
    );
    // What was overlooked in a spoiled file may turn up late, and after a reported loss a file may be read again.
    const found = hasReported ? [...read] : lines;
    return {
      found: { lines: found.toSorted(), malformed: null, hasReported },
      expected: {
        lines: expected.toSorted(),
        malformed: null,
        hasReported: hasReported || this.#mustReport > 0,
      },
    };
  }
}
