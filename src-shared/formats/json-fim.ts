/** The `syscheck` object of a FIM alert (wazuh.md 3.2). */
import type {
  AlertHeader,
  ChangeActor,
  FileChange,
  FileFacts,
  FimEvent,
  FimSubject,
} from '../domain/alert.ts';
import { NO_HASHES, parseHashOf } from '../domain/file-hash.ts';
import { fileDateOf } from './alert-time.ts';
import { ownerText, windowsPermissionsText } from './file-owner.ts';
import { changedAttributesOf, changeOfDecoder, changeOfRule, isRegistryPath, modeOf } from './fim-words.ts';
import type { JsonObject } from './json-values.ts';
import { countAt, isObject, objectAt, parseJson, textAt, textsAt } from './json-values.ts';
import type { SourceText } from './source-text.ts';
import { byteText, lostBytes, recoveredBytes, utf8Bytes } from './source-text.ts';

/**
 * `stored`: what identifies the event, its file and its actor. The rest is left null and empty, which saves a quarter of
 * the decoding of a backlog.
 */
export type FimDetail = 'all' | 'stored';

interface FimAlert {
  readonly syscheck: JsonObject;
  readonly root: JsonObject;
  readonly source: SourceText;
  readonly detail: FimDetail;
}

/** Null when the object names no path: then it is no FIM event. */
export function jsonFimEvent(header: AlertHeader, alert: FimAlert): FimEvent | null {
  const { syscheck, root, source, detail } = alert;
  const path = pathOf(syscheck);
  if (path === null) return null;
  return {
    kind: 'fim',
    ...header,
    change: changeOf(syscheck, header, root),
    subject: subjectOf(syscheck),
    path,
    pathBytes: lostBytes(path) ? recoveredBytes(path, latin1PathOf(source)) : null,
    ...(detail === 'all' ? detailsOf(syscheck) : storedOf(syscheck)),
    // 3.4 wrote the object beside `syscheck`, with the process misspelt.
    actor: actorOf(isObject(syscheck['audit']) ? syscheck['audit'] : root['audit']),
  };
}

type FimDetails = Pick<FimEvent, 'mode' | 'before' | 'after' | 'changedAttributes' | 'tags'>;

function detailsOf(syscheck: JsonObject): FimDetails {
  const before = factsOf(syscheck, 'before');
  return {
    mode: modeOf(textAt(syscheck, 'mode')),
    before,
    after: factsOf(syscheck, 'after'),
    changedAttributes: changedAttributesOf(textsAt(syscheck, 'changed_attributes'), before),
    tags: textsAt(syscheck, 'tags'),
  };
}

function storedOf(syscheck: JsonObject): FimDetails {
  const { sizeBytes, hashes, permissions } = identifyingFactsOf(syscheck, FIELDS.after);
  const after = { ...NO_FACTS, sizeBytes, hashes, permissions };
  return { mode: null, before: NO_FACTS, after, changedAttributes: [], tags: [] };
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

/** A word that nobody knows yet counts as a change: the event must not leave the ledger, and its file is looked up. */
function changeOf(syscheck: JsonObject, header: AlertHeader, root: JsonObject): FileChange {
  const event = textAt(syscheck, 'event');
  const told = CHANGES.find((change) => change === event) ?? changeOfRule(header);
  return told ?? changeOfDecoder(textAt(objectAt(root, 'decoder'), 'name')) ?? 'modified';
}

/** Names of one side's fields, spelt out: putting them together for each event costs a third of its decoding. */
const FIELDS = {
  before: fieldsOf('before'),
  after: fieldsOf('after'),
};

function fieldsOf(side: 'before' | 'after'): Readonly<Record<FieldName, string>> {
  return {
    size: `size_${side}`,
    sha256: `sha256_${side}`,
    sha1: `sha1_${side}`,
    md5: `md5_${side}`,
    perm: `perm_${side}`,
    winPerm: `win_perm_${side}`,
    uname: `uname_${side}`,
    uid: `uid_${side}`,
    gname: `gname_${side}`,
    gid: `gid_${side}`,
    mtime: `mtime_${side}`,
    inode: `inode_${side}`,
  };
}

type FieldName =
  | 'size'
  | 'sha256'
  | 'sha1'
  | 'md5'
  | 'perm'
  | 'winPerm'
  | 'uname'
  | 'uid'
  | 'gname'
  | 'gid'
  | 'mtime'
  | 'inode';

const NO_FACTS: FileFacts = {
  sizeBytes: null,
  hashes: NO_HASHES,
  permissions: null,
  owner: null,
  group: null,
  modifiedAt: null,
  inode: null,
};

function identifyingFactsOf(syscheck: JsonObject, fields: Readonly<Record<FieldName, string>>) {
  return {
    sizeBytes: countAt(syscheck, fields.size),
    hashes: {
      sha256: parseHashOf('sha256', syscheck[fields.sha256]),
      sha1: parseHashOf('sha1', syscheck[fields.sha1]),
      md5: parseHashOf('md5', syscheck[fields.md5]),
    },
    permissions: textAt(syscheck, fields.perm)?.trim() ?? windowsPermissionsText(syscheck[fields.winPerm]),
  };
}

function factsOf(syscheck: JsonObject, side: 'before' | 'after'): FileFacts {
  const fields = FIELDS[side];
  const inode = textAt(syscheck, fields.inode);
  return {
    ...identifyingFactsOf(syscheck, fields),
    owner: ownerText(textAt(syscheck, fields.uname), textAt(syscheck, fields.uid)),
    group: ownerText(textAt(syscheck, fields.gname), textAt(syscheck, fields.gid)),
    modifiedAt: fileDateOf(textAt(syscheck, fields.mtime)),
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
