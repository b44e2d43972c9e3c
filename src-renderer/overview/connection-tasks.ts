import { visibleText } from '../../src-shared/formats/visible-text.ts';
import type { ConnectionStatus, WayStatus } from '../../src-shared/ipc/connections.ts';
import { waysOf } from '../app/connections/connection-words.ts';
import { needWords, openNeeds } from '../app/connections/needs.ts';
import { connectionsHref } from '../app/routes.ts';
import { evidenceTime } from '../ui/format-time.ts';
import type { AttentionWords } from './attention-words.ts';

/** A network that is away for less is no news yet: it is tried again by itself. */
const LONG_MS = 5 * 60_000;

/** Connections that need a person, have stopped, or are away for long; in the order of the connections. */
export function connectionTasks(
  connections: readonly ConnectionStatus[],
  now: number,
): readonly AttentionWords[] {
  return connections.flatMap((connection) => {
    const action = {
      verb: 'Look',
      href: connectionsHref({ mode: 'show', profileId: connection.id }),
    };
    const needs = openNeeds([connection]).map((open): AttentionWords => {
      const { title, isAlarm } = needWords(open);
      return { mark: isAlarm ? 'failed' : 'queued', title: `${open.name} needs you`, detail: title, action };
    });
    const down = waysOf(connection).find((way) => way.need === null && isDown(way, now));
    if (!down) return needs;
    return [...needs, { mark: 'failed' as const, ...downWords(connection, down, now), action }];
  });
}

function isDown({ state, since }: WayStatus, now: number): boolean {
  return state === 'stopped' || (state === 'waiting' && now - Date.parse(since) >= LONG_MS);
}

function downWords(
  { name, host, api }: ConnectionStatus,
  way: WayStatus,
  now: number,
): { readonly title: string; readonly detail: string } {
  const { error, since } = way;
  const what = host !== null && way === api ? `the API of ${visibleText(name)}` : visibleText(name);
  return {
    title: `No connection to ${what} since ${evidenceTime(since, now)}`,
    detail: error ? visibleText(`${error.message} ${error.remedy}`) : 'It is tried again by itself.',
  };
}
