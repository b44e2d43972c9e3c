/** Words that FIM alerts of both forms share. */
import type { AlertHeader, FileChange, FileFacts, FimEvent } from '../domain/alert.ts';

export function modeOf(text: string | null): FimEvent['mode'] {
  return text === 'scheduled' || text === 'realtime' || text === 'whodata' ? text : null;
}

/**
 * The attributes that changed, by the names of 3.12+. Agents before it say `perm` for `permission`, and their alerts of
 * 3.6 and earlier list nothing: then what is told of the time before tells.
 */
export function changedAttributesOf(listed: readonly string[], before: FileFacts): readonly string[] {
  if (listed.length > 0) return listed.map((name) => (name === 'perm' ? 'permission' : name));
  const told: readonly (readonly [string, unknown])[] = [
    ['size', before.sizeBytes],
    ['permission', before.permissions],
    ['uid', before.owner],
    ['gid', before.group],
    ['md5', before.hashes.md5],
    ['sha1', before.hashes.sha1],
    ['sha256', before.hashes.sha256],
    ['mtime', before.modifiedAt],
    ['inode', before.inode],
  ];
  return told.filter(([, value]) => value !== null).map(([name]) => name);
}

const CHANGE_OF_RULE: Readonly<Record<string, FileChange>> = {
  '550': 'modified',
  '553': 'deleted',
  '554': 'added',
  '594': 'modified',
  '597': 'deleted',
  '598': 'added',
  '750': 'modified',
  '751': 'deleted',
  '752': 'added',
};

/** The kind of change by rule, for an alert whose own word for it is missing or unknown. */
export function changeOfRule({ ruleId, ruleGroups }: AlertHeader): FileChange | null {
  if (ruleGroups.includes('syscheck_entry_added')) return 'added';
  if (ruleGroups.includes('syscheck_entry_modified')) return 'modified';
  if (ruleGroups.includes('syscheck_entry_deleted')) return 'deleted';
  return Object.hasOwn(CHANGE_OF_RULE, ruleId) ? (CHANGE_OF_RULE[ruleId] ?? null) : null;
}

const CHANGE_OF_DECODER: Readonly<Record<string, FileChange>> = {
  syscheck_new_entry: 'added',
  syscheck_integrity_changed: 'modified',
  syscheck_deleted: 'deleted',
};

/** The kind of change by the decoder's name, for an alert of a custom rule without a known word for it. */
export function changeOfDecoder(name: string | null): FileChange | null {
  return name !== null && Object.hasOwn(CHANGE_OF_DECODER, name) ? (CHANGE_OF_DECODER[name] ?? null) : null;
}

/** Registry entries of 3.x are reported as files with such a path. */
export function isRegistryPath(path: string): boolean {
  return /^(?:\[x(?:32|64)\] )?HKEY_[A-Z_]+(?:\\|$)/.test(path);
}
