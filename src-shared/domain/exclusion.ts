import type { AgentRef, FileFacts, FimEvent } from './alert.ts';
import { isEmptyFile, strongestHash } from './file-hash.ts';
import { compilePathGlob } from './path-glob.ts';

/**
 * A rule of the user's about what is never asked. `exclude` is for privacy: the hash never leaves the workstation and
 * the event counts as not lookable. `mute` is for peace: known noise, counted as muted.
 */
export interface Exclusion {
  readonly id: number;
  readonly effect: 'exclude' | 'mute';
  /** `path`: a glob where `*` stays within a folder and `**` crosses folders; `extension`: `.log`; `agent`: a name;
   * `hash`: one digest in hex. */
  readonly kind: 'path' | 'extension' | 'agent' | 'hash';
  readonly pattern: string;
  readonly createdAt: string;
}

/** Why an event can never be looked up. */
export const NOT_LOOKABLE_REASONS = ['deleted', 'no-hash', 'empty-file', 'registry', 'excluded'] as const;
export type NotLookableReason = (typeof NOT_LOOKABLE_REASONS)[number];

/** What becomes of a FIM event at the door. A lookable one is then answered, from the store, or queued with its file. */
export type Disposition =
  | { readonly kind: 'lookable' }
  | { readonly kind: 'muted'; readonly exclusionId: number }
  | {
      readonly kind: 'not-lookable';
      readonly reason: NotLookableReason;
      readonly exclusionId: number | null;
    };

/** What of a FIM event decides its disposition. */
export type DisposedEvent = Pick<FimEvent, 'change' | 'subject' | 'path'> & {
  readonly agent: Pick<AgentRef, 'name'>;
  readonly after: Pick<FileFacts, 'hashes'>;
};

/** Decides without looking at the store. `exclude` wins over `mute`. */
export function disposeOf(event: DisposedEvent, exclusions: ExclusionMatcher): Disposition {
  if (event.change === 'deleted') return notLookable('deleted');
  if (event.subject !== 'file') return notLookable('registry');
  if (!strongestHash(event.after.hashes)) return notLookable('no-hash');
  if (isEmptyFile(event.after.hashes)) return notLookable('empty-file');
  const match = exclusions.match(event.path, event.agent.name, event.after.hashes);
  if (!match) return { kind: 'lookable' };
  if (match.effect === 'mute') return { kind: 'muted', exclusionId: match.id };
  return { kind: 'not-lookable', reason: 'excluded', exclusionId: match.id };
}

function notLookable(reason: NotLookableReason): Disposition {
  return { kind: 'not-lookable', reason, exclusionId: null };
}

/** Exclusions compiled once, asked for each event. */
export class ExclusionMatcher {
  readonly #tests: readonly (readonly [Exclusion, (subject: Subject) => boolean])[];

  constructor(exclusions: readonly Exclusion[]) {
    const strictestFirst = exclusions.toSorted(
      (a, b) => Number(a.effect === 'mute') - Number(b.effect === 'mute'),
    );
    this.#tests = strictestFirst.map((exclusion) => [exclusion, compile(exclusion)]);
  }

  match(path: string, agentName: string, hashes: FimEvent['after']['hashes']): Exclusion | null {
    if (this.#tests.length === 0) return null;
    const subject: Subject = { path: path.replaceAll('\\', '/'), agentName, hashes };
    return this.#tests.find(([, test]) => test(subject))?.[0] ?? null;
  }
}

interface Subject {
  readonly path: string;
  readonly agentName: string;
  readonly hashes: FimEvent['after']['hashes'];
}

function compile({ kind, pattern }: Exclusion): (subject: Subject) => boolean {
  switch (kind) {
    case 'agent':
      return ({ agentName }) => agentName === pattern;
    case 'extension': {
      const ending = (pattern.startsWith('.') ? pattern : `.${pattern}`).toLowerCase();
      return ({ path }) => path.toLowerCase().endsWith(ending);
    }
    case 'hash': {
      const hex = pattern.toLowerCase();
      return ({ hashes }) => hashes.sha256 === hex || hashes.sha1 === hex || hashes.md5 === hex;
    }
    case 'path': {
      const matches = compilePathGlob(pattern.replaceAll('\\', '/'));
      return ({ path }) => matches(path);
    }
  }
}
