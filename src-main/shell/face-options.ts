import type { LabChoice } from '../app/core-host.ts';

/** What the command line, or `npm start`, asks of a face. */
export interface FaceOptions {
  readonly dataFolder: string;
  readonly lab: LabChoice | null;
  /** Null: the one of last time, else a free one. */
  readonly port: number | null;
  /** False: only print the address. */
  readonly opensWindow: boolean;
  /** The built window; left out: the one of this build. */
  readonly rendererFolder?: string;
  /** Aborting it ends the face in order. */
  readonly signal: AbortSignal;
  /** Prints one line for the person at the terminal. */
  readonly say: (line: string) => void;
}
