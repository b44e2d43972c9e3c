import type { AlertDraft } from '../alerts/alert-draft.ts';
import type { Random } from '../random.ts';
import type { Dossiers } from '../virustotal/dossiers.ts';
import type { Catalogue } from './catalogue.ts';
import type { Population } from './population.ts';

/** One alert of a scene. */
export interface Beat {
  /** Milliseconds of the lab's time after the scene's beginning; never less than those of the beat before. */
  readonly afterMs: number;
  /** Made when its time has come; `ids` are those of the scene's alerts so far. */
  readonly draft: (ids: readonly string[]) => AlertDraft;
}

/** What a scene plays on. */
export interface Stage {
  readonly population: Population;
  readonly catalogue: Catalogue;
  /** What the manager's own integration would hear from VirusTotal. */
  readonly dossiers: Dossiers;
  readonly random: Random;
  /** The scene's beginning, epoch milliseconds of the lab's time. */
  readonly atMs: number;
  /** Nobody was there: what the machines did about it is told by the scene itself. */
  readonly isPast: boolean;
}

/** Something that happens on the machines: changes the population and yields the alerts it raises, at least one. */
export type Scene = (stage: Stage) => readonly Beat[];

/** A single alert, known in advance. */
export function beat(afterMs: number, draft: AlertDraft): Beat {
  return { afterMs, draft: () => draft };
}
