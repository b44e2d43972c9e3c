/** Words that FIM alerts of both forms share. */
import type { AlertHeader, FileChange, FimEvent } from '../domain/alert.ts';

export function modeOf(text: string | null): FimEvent['mode'] {
  return text === 'scheduled' || text === 'realtime' || text === 'whodata' ? text : null;
}

/** Agents before 3.12 say `perm` where later ones say `permission`. */
export function changedAttributesOf(names: readonly string[]): readonly string[] {
  return names.map((name) => (name === 'perm' ? 'permission' : name));
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

/** Registry entries of 3.x are reported as files with such a path. */
export function isRegistryPath(path: string): boolean {
  return /^(?:\[x(?:32|64)\] )?HKEY_[A-Z_]+(?:\\|$)/.test(path);
}
