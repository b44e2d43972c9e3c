import type { AlertDraft, StampedAlert } from '../alerts/alert-draft.ts';
import type { AlertWriter } from '../manager/alert-writer.ts';
import { Random } from '../random.ts';
import type { Dossiers } from '../virustotal/dossiers.ts';
import type { Catalogue } from './catalogue.ts';
import type { Population } from './population.ts';
import type { Beat, Scene } from './scene.ts';

export interface LabWorldParts {
  readonly seed: number;
  readonly catalogue: Catalogue;
  readonly population: Population;
  readonly dossiers: Dossiers;
  readonly writer: AlertWriter;
  /** Scenes played so far. */
  readonly scenes: number;
}

/** A scene under way: the population has changed, its alerts are still to be written. */
export interface RunningScene {
  readonly atMs: number;
  readonly beats: readonly Beat[];
  /** Writes the alert of one beat at its planned time; in order, each once. */
  write(beat: Beat): void;
}

/**
 * The machines and what happens on them. Each scene draws its choices from a stream of its own, named by seed and
 * number: the same seed, clock and calls give the same bytes.
 */
export class LabWorld {
  readonly seed: number;
  readonly population: Population;
  readonly #parts: LabWorldParts;
  #scenes: number;
  #lastAlertMs = 0;
  #onAlert: ((alert: StampedAlert, idBefore: string | null) => void) | null = null;
  #lastId: string | null = null;

  constructor(parts: LabWorldParts) {
    this.seed = parts.seed;
    this.population = parts.population;
    this.#parts = parts;
    this.#scenes = parts.scenes;
  }

  get scenes(): number {
    return this.#scenes;
  }

  /** Time of the newest alert, epoch milliseconds; 0 before the first. */
  get lastAlertMs(): number {
    return this.#lastAlertMs;
  }

  /** From now on somebody hears of each alert once it is written, and of the id of the one before. */
  listen(onAlert: (alert: StampedAlert, idBefore: string | null) => void): void {
    this.#onAlert = onAlert;
  }

  begin(scene: Scene, atMs: number): RunningScene {
    const { seed, catalogue, population, dossiers } = this.#parts;
    this.#scenes += 1;
    const random = new Random(`scene ${seed} ${this.#scenes}`);
    const beats = scene({ population, catalogue, dossiers, random, atMs, isPast: this.#onAlert === null });
    const ids: string[] = [];
    const write = (beat: Beat) => {
      ids.push(this.write(beat.draft(ids), atMs + beat.afterMs));
    };
    return { atMs, beats, write };
  }

  /** A whole scene at once; returns when its last alert happened. */
  perform(scene: Scene, atMs: number): number {
    const running = this.begin(scene, atMs);
    for (const beat of running.beats) running.write(beat);
    return atMs + (running.beats.at(-1)?.afterMs ?? 0);
  }

  /** Writes one alert outside any scene; returns its id. */
  write(draft: AlertDraft, atMs: number): string {
    this.#lastAlertMs = Math.max(this.#lastAlertMs, atMs);
    const alert = this.#parts.writer.write(draft, atMs);
    const idBefore = this.#lastId;
    this.#lastId = alert.id;
    this.#onAlert?.(alert, idBefore);
    return alert.id;
  }

  /** Writes only the beginning of an alert. */
  writeBeginning(draft: AlertDraft, atMs: number): string {
    this.#lastAlertMs = Math.max(this.#lastAlertMs, atMs);
    return this.#parts.writer.begin(draft, atMs).id;
  }
}
