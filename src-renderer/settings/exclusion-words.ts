import type { Exclusion } from '../../src-shared/domain/exclusion.ts';
import { parseFileHash } from '../../src-shared/domain/file-hash.ts';

export type Effect = Exclusion['effect'];
export type Kind = Exclusion['kind'];

export const EFFECT_NAMES: Readonly<Record<Effect, string>> = { mute: 'Mute', exclude: 'Exclude' };
export const KIND_NAMES: Readonly<Record<Kind, string>> = {
  path: 'Path',
  extension: 'Extension',
  agent: 'Agent',
  hash: 'Hash',
};

/** What a pattern of that kind looks like. */
export const KIND_HELP: Readonly<Record<Kind, string>> = {
  path: '* stays within a folder, ** crosses folders, ? is one character; a path that ends in / covers all below it.',
  extension: 'The ending of the name, such as .log; capitals do not matter.',
  agent: 'The agent’s name, exactly as it is registered.',
  hash: 'One MD5, SHA-1 or SHA-256.',
};
export const KIND_EXAMPLES: Readonly<Record<Kind, string>> = {
  path: '/var/log/**',
  extension: '.log',
  agent: 'web-ams-1',
  hash: '275a021bbfb6489e54d471899f7db9d1663fc695ec2fe2a2c4538aabf651fd0f',
};

interface Draft {
  readonly effect: Effect;
  readonly kind: Kind;
  readonly pattern: string;
}

/** Why a rule cannot be added; null when it can. */
export function ruleProblem(draft: Draft, rules: readonly Draft[]): string | null {
  const pattern = draft.pattern.trim();
  if (pattern === '') return 'A pattern is needed.';
  const shape = SHAPE_PROBLEMS[draft.kind](pattern);
  if (shape) return shape;
  const twin = rules.find(
    ({ effect, kind, pattern: known }) => effect === draft.effect && kind === draft.kind && known === pattern,
  );
  return twin ? 'This rule is there already.' : null;
}

const SHAPE_PROBLEMS: Readonly<Record<Kind, (pattern: string) => string | null>> = {
  path: (pattern) =>
    /^([/*?]|[a-z]:[\\/]|\\\\)/i.test(pattern)
      ? null
      : 'A path starts with / or a drive letter; **/ in front means any folder.',
  extension: (pattern) =>
    /[/\\*?\s]/.test(pattern) ? 'An extension is one ending without folders, stars or blanks.' : null,
  agent: () => null,
  hash: (pattern) => (parseFileHash(pattern) ? null : 'A hash has 32, 40 or 64 digits, 0–9 and a–f.'),
};

/** What a rule would do beyond what one may expect; null for an ordinary one. */
export function ruleWarning({ kind, pattern }: Draft): string | null {
  const glob = pattern.trim();
  if (kind === 'path' && /^([a-z]:)?[\\/]?\*{0,2}$/i.test(glob) && glob !== '') {
    return 'This covers every file of every agent.';
  }
  if (kind === 'path' && /[^/\\*]$/.test(glob) && !/\.[^/\\]*$/.test(glob)) {
    return 'This covers one path only. For a folder and all below it, end it with /.';
  }
  return null;
}
