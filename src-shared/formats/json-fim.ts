/** The `syscheck` object of a FIM alert (wazuh.md 3.2). */
import type {
  AlertHeader,
  ChangeActor,
  FileChange,
  FileFacts,
  FimEvent,
  FimSubject,
} from '../domain/alert.ts';
import { parseHashOf } from '../domain/file-hash.ts';
import { fileDateOf } from './alert-time.ts';
import { ownerText, windowsPermissionsText } from './file-owner.ts';
import { changedAttributesOf, changeOfRule, isRegistryPath, modeOf } from './fim-words.ts';
import type { JsonObject } from './json-values.ts';
import { countAt, isObject, objectAt, parseJson, textAt, textsAt } from './json-values.ts';
import type { SourceText } from './source-text.ts';
import { byteText, lostBytes, recoveredBytes, utf8Bytes } from './source-text.ts';

/** Null when the object names no path or no kind of change: then it is no FIM event. */
export function jsonFimEvent(
  header: AlertHeader,
  syscheck: JsonObject,
  root: JsonObject,
  source: SourceText,
): FimEvent | null {
  const path = pathOf(syscheck);
  const change = changeOf(syscheck, header);
  if (path === null || change === null) return null;
  return {
    kind: 'fim',
    ...header,
    change,
    subject: subjectOf(syscheck),
    path,
    pathBytes: lostBytes(path) ? recoveredBytes(path, latin1PathOf(source)) : null,
    mode: modeOf(textAt(syscheck, 'mode')),
    before: factsOf(syscheck, 'before'),
    after: factsOf(syscheck, 'after'),
    changedAttributes: changedAttributesOf(textsAt(syscheck, 'changed_attributes')),
    // 3.4 wrote the object beside `syscheck`, with the process misspelt.
    actor: actorOf(isObject(syscheck['audit']) ? syscheck['audit'] : root['audit']),
    tags: textsAt(syscheck, 'tags'),
  };
}

/** 4.1+ names architecture, key and value of a registry entry apart; 3.x writes `[x64] HKEY_…` in one. */
function pathOf(syscheck: JsonObject): string | null {
  const path = textAt(syscheck, 'path');
  if (path === null) return null;
  const architecture = textAt(syscheck, 'arch');
  const valueName = syscheck['value_name'];
  const key = architecture === null ? path : `${architecture} ${path}`;
  return typeof valueName === 'string' ? `${key}\\${valueName}` : key;
}

function subjectOf(syscheck: JsonObject): FimSubject {
  if (typeof syscheck['value_name'] === 'string') return 'registry-value';
  const isKey = textAt(syscheck, 'arch') !== null || isRegistryPath(textAt(syscheck, 'path') ?? '');
  return isKey ? 'registry-key' : 'file';
}

const CHANGES: readonly FileChange[] = ['added', 'modified', 'deleted', 'readded'];

function changeOf(syscheck: JsonObject, header: AlertHeader): FileChange | null {
  const event = textAt(syscheck, 'event');
  return CHANGES.find((change) => change === event) ?? changeOfRule(header);
}

function factsOf(syscheck: JsonObject, side: 'before' | 'after'): FileFacts {
  const text = (name: string): string | null => textAt(syscheck, `${name}_${side}`);
  const inode = text('inode');
  return {
    sizeBytes: countAt(syscheck, `size_${side}`),
    hashes: {
      sha256: parseHashOf('sha256', syscheck[`sha256_${side}`]),
      sha1: parseHashOf('sha1', syscheck[`sha1_${side}`]),
      md5: parseHashOf('md5', syscheck[`md5_${side}`]),
    },
    permissions: text('perm')?.trim() ?? windowsPermissionsText(syscheck[`win_perm_${side}`]),
    owner: ownerText(text('uname'), text('uid')),
    group: ownerText(text('gname'), text('gid')),
    modifiedAt: fileDateOf(text('mtime')),
    inode: inode === '0' ? null : inode,
  };
}

function actorOf(audit: unknown): ChangeActor | null {
  if (!isObject(audit)) return null;
  const process = isObject(audit['process']) ? audit['process'] : objectAt(audit, 'proccess');
  const actor = {
    userName: textAt(objectAt(audit, 'user'), 'name'),
    loginName: textAt(objectAt(audit, 'login_user'), 'name'),
    processName: textAt(process, 'name'),
    processId: textAt(process, 'id'),
    parentProcessName: textAt(process, 'parent_name'),
  };
  return Object.values(actor).some((value) => value !== null) ? actor : null;
}

/**
 * The path with one character a byte. The line is parsed again with its non-ASCII bytes moved to U+F700-F7FF, so that
 * they cannot be mistaken for characters that the JSON wrote as escapes; those come out as their UTF-8 bytes.
 */
function latin1PathOf(source: SourceText): string | null {
  const shifted = source
    .latin1()
    .replaceAll(/[\u0080-\u00ff]/g, (byte) => String.fromCharCode(0xf700 + byte.charCodeAt(0)));
  const parsed = parseJson(shifted);
  const syscheck = parsed && isObject(parsed.value) ? parsed.value['syscheck'] : null;
  const path = isObject(syscheck) ? pathOf(syscheck) : null;
  return path === null ? null : byteTextOf(path);
}

function byteTextOf(shifted: string): string {
  let text = '';
  for (const character of shifted) {
    const point = character.codePointAt(0) ?? 0;
    const isByte = point >= 0xf780 && point <= 0xf7ff;
    text += isByte ? String.fromCharCode(point - 0xf700) : byteText(utf8Bytes(character));
  }
  return text;
}
