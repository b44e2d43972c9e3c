/** Versions of Kaspersky Endpoint Security for Linux, and what changed between them (kesl.md sections 1, 2, 6, 7). */
export interface KesVersion {
  /** `12.1.0.1508` as major, minor, patch, build; missing parts are 0. */
  readonly parts: readonly [number, number, number, number];
  /** As written, at most 32 characters. */
  readonly text: string;
}

/** From `10.1.0.5960`, `12.1.0-1508`, `kesl-11.2.0-4528.x86_64` or words around it; null when there is none. */
export function parseKesVersion(text: string): KesVersion | null {
  const match = /(?<![\d.])(\d{1,3})\.(\d{1,4})(?:\.(\d{1,4}))?(?:[.-](\d{1,6}))?/.exec(text);
  if (!match) return null;
  const [whole, major, minor, patch = '0', build = '0'] = match;
  return { parts: [Number(major), Number(minor), Number(patch), Number(build)], text: whole };
}

export function isAtLeast({ parts }: KesVersion, major: number, minor: number): boolean {
  return parts[0] > major || (parts[0] === major && parts[1] >= minor);
}

/**
 * Which table of predefined tasks a version has. Boot_Scan and Memory_Scan ended with 11.2, where number 4 became
 * Critical_Areas_Scan; which of the two tables 11.1 has is unverified.
 */
export type TaskTable = 'boot-and-memory' | 'critical-areas' | 'unverified';
export function taskTableOf(version: KesVersion): TaskTable {
  if (isAtLeast(version, 11, 2)) return 'critical-areas';
  return isAtLeast(version, 11, 1) ? 'unverified' : 'boot-and-memory';
}

/** From 11.2 on a custom scan that found something exits with 72; before, a detection probably exits with 0. */
export function tellsDetectionsByExitCode(version: KesVersion): boolean {
  return isAtLeast(version, 11, 2);
}
