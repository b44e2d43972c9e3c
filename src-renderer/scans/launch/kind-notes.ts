import type { KindAvailability } from '../../../src-shared/domain/scan-kinds.ts';
import type { ScanKind } from '../../../src-shared/domain/scan.ts';

/** How many of the chosen agents offer a kind this way. */
export type Availability = KindAvailability & { readonly agents: number; readonly of: number };

export interface KindNotes {
  /** Beside the kind; empty when there is nothing to say. */
  readonly words: string;
  readonly title: string;
  /** None of the chosen agents has it. */
  readonly isAbsent: boolean;
}

const NOTHING: KindNotes = { words: '', title: '', isAbsent: false };
const LONGEST = 24;

/** What has to be said of a kind for the agents that are chosen. */
export function kindNotes(kind: ScanKind, availability: readonly Availability[]): KindNotes {
  const worse = availability.filter(
    (entry) => entry.kind === kind && entry.state !== 'available' && entry.agents > 0,
  );
  const absent = worse.filter(({ state }) => state === 'absent');
  const missing = absent.reduce((sum, { agents }) => sum + agents, 0);
  const of = worse[0]?.of ?? 0;
  const title = worse.map(({ words }) => words).join('; ');
  if (missing > 0 && missing >= of) {
    return {
      words: absent.length === 1 ? (absent[0]?.words ?? '') : 'on none of them',
      title,
      isAbsent: true,
    };
  }
  if (missing > 0) return { words: `not on ${missing} of ${of}`, title, isAbsent: false };
  const [first] = worse;
  if (!first) return NOTHING;
  return { words: shortWords(first), title, isAbsent: false };
}

function shortWords({ state, words }: Availability): string {
  if (state === 'replaced') return 'own task';
  return words.length <= LONGEST ? words : 'depends';
}
