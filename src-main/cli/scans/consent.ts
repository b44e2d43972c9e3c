import { kindFacts } from '../../../src-shared/domain/scan-kinds.ts';
import { KIND_WORDS } from '../../../src-shared/domain/scan-words.ts';
import { DomainError } from '../../../src-shared/errors/domain-error.ts';
import { visibleText } from '../../../src-shared/formats/visible-text.ts';
import type { PlannedScan } from '../../../src-shared/ipc/scans.ts';
import type { RequestWords } from './request-from-flags.ts';

/** The part of `Person` that is asked. */
export interface Consenting {
  readonly isThere: boolean;
  agrees(facts: string, question: string): Promise<boolean>;
}

export function mayHarm({ kind, action }: RequestWords): boolean {
  return kindFacts(kind).mayHarm && action !== 'skip';
}

/**
 * Whether it may be sent to these agents. Where nobody can be asked, what may harm has to be accepted by the call.
 * Errors: `scans.not-accepted`.
 */
export async function isAgreed(
  planned: readonly PlannedScan[],
  words: RequestWords,
  { acceptsHarm, person }: { readonly acceptsHarm: boolean; readonly person: Consenting },
): Promise<boolean> {
  if (acceptsHarm) return true;
  if (person.isThere) return person.agrees(factsOf(words), questionOf(planned, words));
  if (!mayHarm(words)) return true;
  throw new DomainError(
    'scans.not-accepted',
    'KES may disinfect and delete files on these agents, and nobody is there to be asked. Nothing was sent.',
    'Add --accept-harm, or --look-only for a file or folder.',
  );
}

function factsOf(words: RequestWords): string {
  if (mayHarm(words)) return 'KES may disinfect and delete what it finds, as its tasks are set there.';
  if (words.kind === 'realtime-off') return 'Files are not watched there until it is switched on again.';
  return words.action === 'skip' ? 'KES reports what it finds and leaves it as it is.' : '';
}

const NAMED_AGENTS = 12;

function questionOf(planned: readonly PlannedScan[], { kind, path }: RequestWords): string {
  const names = planned.map(({ agentId, agentName }) => `${visibleText(agentName)} (${agentId})`);
  const more = names.length - NAMED_AGENTS;
  const listed = names.slice(0, NAMED_AGENTS).join(', ') + (more > 0 ? ` and ${more} more` : '');
  const what = path === null ? KIND_WORDS[kind] : `${KIND_WORDS[kind]} ${visibleText(path)}`;
  return `${what} on ${listed}?`;
}
