import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { queryList, type Listed } from './list-query.ts';

const LINE = /^(\d{4})\/(\d\d)\/(\d\d) (\d\d:\d\d:\d\d) ([^:]+): (\w+): ?(.*)$/;
/** `GET /manager/logs` knows the last 2000 lines only (wazuh.md 7.4). */
const KNOWN_LINES = 2000;

/** The manager's own log, newest first. */
export function managerLog(root: string, query: URLSearchParams): Listed {
  const path = join(root, 'logs/ossec.log');
  const lines = existsSync(path) ? readFileSync(path, 'utf8').trimEnd().split('\n').slice(-KNOWN_LINES) : [];
  const entries = lines.flatMap((line) => {
    const [, year, month, day, time, tag, level = '', description] = LINE.exec(line) ?? [];
    if (year === undefined) return [];
    return [{ timestamp: `${year}-${month}-${day}T${time}Z`, tag, level: level.toLowerCase(), description }];
  });
  const wanted = entries.filter(
    ({ tag, level }) => (query.get('level') ?? level) === level && (query.get('tag') ?? tag) === tag,
  );
  return queryList(wanted.toReversed(), query, ['timestamp', 'tag', 'level', 'description']);
}
