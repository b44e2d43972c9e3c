export interface Breach {
  readonly file: string;
  readonly line: number;
  readonly target: string;
  readonly sentence: string;
}
/** Sources by their path from the root, with slashes. */
export function findBreaches(sources: Readonly<Record<string, string>>): readonly Breach[];
