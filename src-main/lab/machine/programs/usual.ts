import { ACCESS_SCRIPT, WHERE_SCRIPT } from '../../../../src-shared/formats/access-scripts.ts';
import {
  END_SCRIPT,
  PASSWORD_SCRIPT,
  REPLACE_SCRIPT,
  START_SCRIPT,
  STAT_SCRIPT,
  WATCH_SCRIPT,
} from '../../../../src-shared/formats/remote-scripts.ts';
import type { Program } from '../program.ts';
import { elevateWithPassword, sudo } from '../scripts/elevate.ts';
import { lookAtAccess, whereIs } from '../scripts/look-at-access.ts';
import { replaceFile } from '../scripts/replace-file.ts';
import { end, start } from '../scripts/start.ts';
import { statQuestions } from '../scripts/stat-questions.ts';
import { watchPath } from '../scripts/watch-path.ts';
import { date, df, hostname, id, sleep, succeed, uname } from './facts.ts';
import { cat, head, ls, readlink, remove, stat, test } from './files.ts';
import { execute, shellOf } from './shell.ts';

/** What every simulated machine has. `password`: of those whose sudo asks for one. */
export function usualPrograms(password: () => string): readonly (readonly [string, Program])[] {
  const scripts = new Map<string, Program>([
    [START_SCRIPT, start],
    [STAT_SCRIPT, statQuestions],
    [WATCH_SCRIPT, watchPath],
    [END_SCRIPT, end],
    [REPLACE_SCRIPT, replaceFile],
    [PASSWORD_SCRIPT, elevateWithPassword(password)],
    [ACCESS_SCRIPT, lookAtAccess],
    [WHERE_SCRIPT, whereIs],
  ]);
  return [
    ['exec', execute],
    ['sh', shellOf(scripts)],
    ['sudo', sudo],
    ['id', id],
    ['date', date],
    ['hostname', hostname],
    ['uname', uname],
    ['true', succeed],
    ['sleep', sleep],
    ['cat', cat],
    ['head', head],
    ['ls', ls],
    ['stat', stat],
    ['test', test],
    ['readlink', readlink],
    ['rm', remove],
    ['df', df],
  ];
}
