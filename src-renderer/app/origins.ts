import { visibleText } from '../../src-shared/formats/visible-text.ts';
import type { ConnectionStatus } from '../../src-shared/ipc/connections.ts';
import type { SourceStatus } from '../../src-shared/ipc/status.ts';
import { connectionWords, plainSources, sourceOf } from './connections/connection-words.ts';
import { connectionsHref, overviewHref } from './routes.ts';
import { summariseSources, type Lamp } from './status-words.ts';

/** One line about where alerts come from: a connection, or the files that were named directly. */
export interface Origin {
  readonly key: string;
  readonly lamp: Lamp;
  readonly state: string;
  /** Whose state it is. */
  readonly of: string;
  /** Since when, when it is tried again; empty when there is nothing to add. */
  readonly more: string;
  readonly lag: readonly [figure: string, words: string] | null;
  /** Where it is dealt with. */
  readonly href: string;
  readonly title: string;
  /** The worst first. */
  readonly rank: number;
}

/** Every connection, then all plain files as one; the worst first, else in their own order. */
export function summariseOrigins(
  connections: readonly ConnectionStatus[],
  sources: readonly SourceStatus[],
  now: number,
): readonly Origin[] {
  const files = plainSources(sources, connections);
  return [
    ...connections.map((connection) => originOf(connection, sourceOf(connection, sources), now)),
    ...(files.length > 0 ? [originOfFiles(files)] : []),
  ].toSorted((a, b) => a.rank - b.rank);
}

function originOf(connection: ConnectionStatus, source: SourceStatus | null, now: number): Origin {
  const { lamp, word, more, lag, rank } = connectionWords(connection, source, now);
  const name = visibleText(connection.name);
  return {
    key: `connection ${connection.id}`,
    lamp,
    state: word,
    of: name,
    more,
    lag,
    href: connectionsHref({ mode: 'show', profileId: connection.id }),
    title: [name, source ? visibleText(source.path) : ''].filter(Boolean).join(': '),
    rank,
  };
}

/** Trouble of files ranks with that of connections; what is read well comes last. */
const LAMP_RANKS: Readonly<Record<Lamp, number>> = { off: 3, busy: 5, on: 6, idle: 7 };

function originOfFiles(files: readonly SourceStatus[]): Origin {
  const { lamp, state, of, lag } = summariseSources(files);
  return {
    key: 'files',
    lamp,
    state,
    of: visibleText(of),
    more: '',
    lag,
    href: overviewHref,
    title: files.map(({ path }) => visibleText(path)).join(', '),
    rank: LAMP_RANKS[lamp],
  };
}

/** `2 of 3 in order`; the worst one is named beside it. */
export function originsInOrder(origins: readonly Origin[]): number {
  return origins.filter(({ lamp }) => lamp === 'on' || lamp === 'busy').length;
}
