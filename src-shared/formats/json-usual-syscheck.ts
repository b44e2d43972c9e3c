/**
 * The `syscheck` object and the end of a usual FIM alert, in the order of members that managers from 3.12 to 4.14 write.
 * Only what identifies the event and its file is read (`FimDetail` `stored`); the rest is checked to be there as JSON
 * and stepped over, in half the time of JSON.parse. Anything else, such as who-data or a registry entry, is null.
 */
import type { JsonObject } from './json-values.ts';

/** The inside of a JSON string without escapes. */
const PLAIN = String.raw`[ !#-\[\]-\uffff]*`;
const TEXT = `"${PLAIN}"`;
const NUMBER = String.raw`(?:0|[1-9]\d*)`;
const LIST = String.raw`\[(?:${TEXT}(?:,${TEXT})*)?\]`;

const READ = (name: string): string => `(?:"${name}":"(${PLAIN})",)?`;
const PASSED = (name: string, value = TEXT): string => `(?:"${name}":${value},)?`;

const USUAL = new RegExp(
  [
    `"path":"(${PLAIN})",`,
    PASSED('mode'),
    PASSED('size_before') + READ('size_after'),
    PASSED('perm_before') + READ('perm_after'),
    PASSED('uid_before') + PASSED('uid_after'),
    PASSED('gid_before') + PASSED('gid_after'),
    PASSED('md5_before') + READ('md5_after'),
    PASSED('sha1_before') + READ('sha1_after'),
    PASSED('sha256_before') + READ('sha256_after'),
    PASSED('uname_before') + PASSED('uname_after'),
    PASSED('gname_before') + PASSED('gname_after'),
    PASSED('mtime_before') + PASSED('mtime_after'),
    PASSED('inode_before', NUMBER) + PASSED('inode_after', NUMBER),
    PASSED('tags', LIST) + PASSED('changed_attributes', LIST),
    String.raw`"event":"(\w+)"\},"decoder":\{"name":"(syscheck_\w+)"\},"location":"(syscheck)"\}$`,
  ].join(''),
  'y',
);

export interface UsualSyscheck {
  readonly syscheck: JsonObject;
  readonly decoder: string | undefined;
  readonly location: string | undefined;
}

/** `start`: behind the brace that opens the object. */
export function usualSyscheck(text: string, start: number): UsualSyscheck | null {
  USUAL.lastIndex = start;
  const match = USUAL.exec(text);
  if (!match) return null;
  const [, path, size_after, perm_after, md5_after, sha1_after, sha256_after, event, decoder, location] =
    match;
  const syscheck = { path, size_after, perm_after, md5_after, sha1_after, sha256_after, event };
  return { syscheck, decoder, location };
}
