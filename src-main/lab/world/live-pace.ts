import type { Clock } from '../../app/clock.ts';
import type { LabTime } from '../lab-time.ts';
import { Random } from '../random.ts';
import type { LabWorld } from './lab-world.ts';
import type { Scene } from './scene.ts';

/** Milliseconds of the clock (not of the lab's time) between two scenes. */
export interface Pace {
  readonly leastMs: number;
  readonly mostMs: number;
}

export interface LivePaceParts {
  readonly world: LabWorld;
  readonly clock: Clock;
  readonly time: LabTime;
  readonly pace: Pace;
  readonly programme: (played: number) => Scene;
  /** After each scene. */
  readonly onPlayed: () => void;
}

/** A machine that slept does not make up for what it missed. */
const LATE_MS = 5_000;

/** Lets the world live: one scene after the other at a steady pace, until paused. */
export class LivePace {
  readonly #parts: LivePaceParts;
  #played = 0;
  #running: { readonly stop: AbortController; readonly ended: Promise<void> } | null = null;

  constructor(parts: LivePaceParts) {
    this.#parts = parts;
  }

  get isRunning(): boolean {
    return this.#running !== null;
  }

  resume(): void {
    if (this.#running) return;
    const stop = new AbortController();
    this.#running = { stop, ended: this.#run(stop.signal) };
  }

  /** Resolves when nothing more will be written; a scene under way is written to its end first. */
  async pause(): Promise<void> {
    const running = this.#running;
    this.#running = null;
    running?.stop.abort();
    await running?.ended;
  }

  async #run(signal: AbortSignal): Promise<void> {
    const { world, clock, pace, programme, onPlayed } = this.#parts;
    let due = clock.now();
    while (!signal.aborted) {
      const gap = new Random(`pace ${world.seed} ${world.scenes}`).integer(pace.leastMs, pace.mostMs);
      due = Math.max(due + gap, clock.now() - LATE_MS);
      await clock.wait(due - clock.now(), signal);
      if (signal.aborted) return;
      const scene = programme(this.#played);
      this.#played += 1;
      await this.#play(scene, signal);
      onPlayed();
    }
  }

  async #play(scene: Scene, signal: AbortSignal): Promise<void> {
    const { world, time } = this.#parts;
    const running = world.begin(scene, time.now());
    for (const beat of running.beats) {
      const restMs = running.atMs + beat.afterMs - time.now();
      if (restMs > 0 && !signal.aborted) await time.wait(restMs, signal);
      running.write(beat);
    }
  }
}
