import type { PlacedFile } from '../world/population.ts';
import type { AlertDraft, JsonObject } from './alert-draft.ts';
import { ctime, fimTime } from './dates.ts';
import { changedAttributes, seconds, viewOf, type FileView } from './file-view.ts';
import { FILE_RULES } from './lab-rules.ts';
import { accessList, accessText } from './windows-access.ts';

/** Who-data: the process that made a change. */
export interface Actor {
  readonly user: { readonly id: string; readonly name: string };
  readonly process: { readonly id: string; readonly name: string };
  /** Absent on Windows. */
  readonly unix?: {
    readonly cwd: string;
    readonly parentName: string;
    readonly parentCwd: string;
    readonly parentId: string;
  };
}

/** One change that FIM noticed. */
export interface FileChangeDraft {
  readonly change: 'added' | 'modified' | 'deleted';
  readonly mode: 'realtime' | 'scheduled' | 'whodata';
  /** The file after an addition or change; before a deletion. */
  readonly file: PlacedFile;
  /** For changes only. */
  readonly before?: PlacedFile;
  readonly actor?: Actor;
  readonly hardLinks?: readonly string[];
  /** `report_changes`: a unified difference, ends in a newline. */
  readonly diff?: string;
}

const DECODERS = {
  added: 'syscheck_new_entry',
  modified: 'syscheck_integrity_changed',
  deleted: 'syscheck_deleted',
};

/** A FIM alert of a file in the form of 4.14 (generation G3 of wazuh.md section 2.2). */
export function fimAlert(draft: FileChangeDraft): AlertDraft {
  const after = viewOf(draft.file);
  const before = draft.before ? viewOf(draft.before) : null;
  const changed = before ? changedAttributes(before, after) : [];
  const { tags } = draft.file.content.product;
  return {
    rule: FILE_RULES[draft.change],
    agent: draft.file.agent,
    location: 'syscheck',
    log: logOf(draft, before, after, changed),
    isLogInJson: true,
    decoder: { name: DECODERS[draft.change] },
    syscheck: {
      path: draft.file.path,
      ...(draft.hardLinks ? { hard_links: draft.hardLinks } : {}),
      mode: draft.mode,
      ...attributes(before, after),
      ...(draft.diff ? { diff: draft.diff } : {}),
      ...(tags ? { tags } : {}),
      ...(changed.length > 0 ? { changed_attributes: changed } : {}),
      event: draft.change,
      ...(draft.actor ? { audit: audit(draft.actor) } : {}),
    },
    fimText: textOf(after, draft, tags ?? []),
  };
}

/** The first lines: shared by `full_log` of alerts.json and the body of alerts.log. */
function logOf(
  { change, mode, file, hardLinks }: FileChangeDraft,
  before: FileView | null,
  after: FileView,
  changed: readonly string[],
): string {
  const lines = [`File '${file.path}' ${change}`];
  if (hardLinks) lines.push(`Hard links: ${hardLinks.join(',')}`);
  lines.push(`Mode: ${mode}`);
  if (changed.length > 0) lines.push(`Changed attributes: ${changed.join(',')}`);
  if (before) lines.push(...changed.flatMap((name) => changeLines(name, before, after)));
  return `${lines.join('\n')}\n`;
}

function changeLines(name: string, before: FileView, after: FileView): string[] {
  switch (name) {
    case 'size':
      return [`Size changed from '${before.size}' to '${after.size}'`];
    case 'permission':
      return [`Permissions changed from '${before.permissions}' to '${after.permissions}'`];
    case 'mtime':
      return [
        `Old modification time was: '${seconds(before.modifiedMs)}', now it is '${seconds(after.modifiedMs)}'`,
      ];
    case 'inode':
      return [`Old inode was: '${before.inode}', now it is '${after.inode}'`];
    case 'md5':
    case 'sha1':
    case 'sha256':
      return [
        `Old ${name}sum was: '${before.digests[name] ?? ''}'`,
        `New ${name}sum is : '${after.digests[name] ?? ''}'`,
      ];
    default:
      return [];
  }
}

/** Name and value of each field before its ending, in the manager's order. */
function fieldPairs(view: FileView): [string, JsonObject[string] | undefined][] {
  return [
    ['size', view.size],
    ['perm', view.permissions ?? undefined],
    ['win_perm', view.permissions === null ? accessList() : undefined],
    ['uid', view.owner.userId],
    ['gid', view.owner.groupId ?? undefined],
    ['md5', view.digests.md5],
    ['sha1', view.digests.sha1],
    ['sha256', view.digests.sha256],
    ['attrs', view.attributes.length > 0 ? view.attributes : undefined],
    ['uname', view.owner.user],
    ['gname', view.owner.group ?? undefined],
    ['mtime', fimTime(view.modifiedMs)],
    ['inode', view.inode === 0 ? undefined : view.inode],
  ];
}

/** The `*_before`/`*_after` fields in the manager's order; `*_before` only where it differs. */
function attributes(before: FileView | null, after: FileView): JsonObject {
  const olds = new Map(before ? fieldPairs(before) : []);
  const fields = fieldPairs(after).flatMap(([name, value]) => {
    if (value === undefined) return [];
    const old = olds.get(name);
    const isChanged = old !== undefined && JSON.stringify(old) !== JSON.stringify(value);
    return [...(isChanged ? [[`${name}_before`, old] as const] : []), [`${name}_after`, value] as const];
  });
  return Object.fromEntries(fields);
}

function audit({ user, process, unix }: Actor): JsonObject {
  if (!unix) return { user, process };
  const { cwd, parentName, parentCwd, parentId } = unix;
  return {
    user,
    process: { ...process, cwd, parent_name: parentName, parent_cwd: parentCwd, ppid: parentId },
    group: user,
    login_user: user,
    effective_user: user,
  };
}

/** The `Attributes:` block of alerts.log and what follows it. */
function textOf(view: FileView, { actor, diff }: FileChangeDraft, tags: readonly string[]): string {
  const { owner, digests } = view;
  const lines = [
    'Attributes:',
    ` - Size: ${view.size}`,
    ` - Permissions: ${view.permissions ?? accessText()}`,
    ` - Date: ${ctime(view.modifiedMs)}`,
    ` - Inode: ${view.inode}`,
    ` - User: ${owner.user} (${owner.userId})`,
    ...(owner.group === null ? [] : [` - Group: ${owner.group} (${owner.groupId})`]),
    ...(digests.md5 ? [` - MD5: ${digests.md5}`] : []),
    ...(digests.sha1 ? [` - SHA1: ${digests.sha1}`] : []),
    ...(digests.sha256 ? [` - SHA256: ${digests.sha256}`] : []),
    ...(view.attributes.length > 0 ? [` - File attributes: ${view.attributes.join(', ')}`] : []),
    ...(actor ? auditLines(actor) : []),
  ];
  if (diff) lines.push('', `What changed:\n${diff}`);
  if (tags.length > 0) lines.push('', 'Tags:', ...tags.map((tag) => ` - ${tag}`));
  return lines.join('\n');
}

function auditLines({ user, process, unix }: Actor): string[] {
  const lines: [string, string][] = [['User name', user.name]];
  if (unix) lines.push(['Audit name', user.name], ['Effective name', user.name], ['Group name', user.name]);
  lines.push(['Process id', process.id], ['Process name', process.name]);
  if (unix) {
    lines.push(
      ['Process cwd', unix.cwd],
      ['Parent process name', unix.parentName],
      ['Parent process id', unix.parentId],
      ['Parent process cwd', unix.parentCwd],
    );
  }
  return lines.map(([label, value]) => ` - (Audit) ${label}: ${value}`);
}
