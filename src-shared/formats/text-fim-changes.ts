/** Change lines and who-data lines of a FIM body (wazuh.md 2.3). */

/** Values by the names of the facts block: size, permissions, user, uid, group, gid, md5, sha1, sha256, date, inode. */
export type FimValues = ReadonlyMap<string, string>;

export interface FimChanges {
  readonly mode: string | null;
  /** As listed, or, before 3.12, as the change lines tell. */
  readonly changedAttributes: readonly string[];
  readonly before: FimValues;
  readonly after: FimValues;
  /** By the names of the facts block. */
  readonly audit: FimValues;
}

interface ChangeLine {
  readonly opening: string;
  readonly middle: string;
  readonly name: string;
  readonly attribute: string;
}

const NOW = "', now it is '";
const PAIRS: readonly ChangeLine[] = [
  { opening: "Size changed from '", middle: "' to '", name: 'size', attribute: 'size' },
  { opening: "Permissions changed from '", middle: "' to '", name: 'permissions', attribute: 'permission' },
  { opening: "Ownership was '", middle: NOW, name: 'uid', attribute: 'uid' },
  { opening: "User name was '", middle: NOW, name: 'user', attribute: 'user_name' },
  { opening: "Group ownership was '", middle: NOW, name: 'gid', attribute: 'gid' },
  { opening: "Group name was '", middle: NOW, name: 'group', attribute: 'group_name' },
  { opening: "Old modification time was: '", middle: NOW, name: 'date', attribute: 'mtime' },
  { opening: "Old inode was: '", middle: NOW, name: 'inode', attribute: 'inode' },
];
const OLD_DIGEST = /^Old (md5|sha1|sha256)sum was: '(.*)'$/;
const NEW_DIGEST = /^New (md5|sha1|sha256)sum is : '(.*)'$/;
const AUDIT = /^\(Audit\) (User|Login user|Process id|Process name): '(.*)'$/;

/** 3.4-3.11 wrote who-data here, names with their ids. */
const AUDIT_NAMES: Readonly<Record<string, string>> = {
  User: 'User name',
  'Login user': 'Audit name',
  'Process id': 'Process id',
  'Process name': 'Process name',
};

export function fimChanges(lines: readonly string[]): FimChanges {
  const before = new Map<string, string>();
  const after = new Map<string, string>();
  const audit = new Map<string, string>();
  const told: string[] = [];
  let mode: string | null = null;
  let listed: readonly string[] | null = null;
  for (const line of lines) {
    if (line.startsWith('Mode: ')) mode ??= line.slice(6);
    else if (line.startsWith('Changed attributes: ')) listed ??= line.slice(20).split(',');
    else readChange(line, { before, after, audit, told });
  }
  return { mode, changedAttributes: listed ?? told, before, after, audit };
}

interface Found {
  readonly before: Map<string, string>;
  readonly after: Map<string, string>;
  readonly audit: Map<string, string>;
  readonly told: string[];
}

function readChange(line: string, found: Found): void {
  const pair = PAIRS.find(({ opening }) => line.startsWith(opening));
  if (pair) readPair(line, pair, found);
  const oldDigest = OLD_DIGEST.exec(line);
  if (oldDigest) found.before.set(oldDigest[1] ?? '', oldDigest[2] ?? '');
  const newDigest = NEW_DIGEST.exec(line);
  if (newDigest) {
    found.after.set(newDigest[1] ?? '', newDigest[2] ?? '');
    found.told.push(newDigest[1] ?? '');
  }
  const audit = AUDIT.exec(line);
  if (audit) readAudit(audit[1] ?? '', audit[2] ?? '', found.audit);
  if (line === 'Permissions changed.') found.told.push('permission');
  if (line.startsWith('Now they are ')) found.told.push('attributes');
}

function readPair(line: string, { opening, middle, name, attribute }: ChangeLine, found: Found): void {
  const cut = line.indexOf(middle, opening.length);
  if (cut < 0 || !line.endsWith("'")) return;
  found.before.set(name, line.slice(opening.length, cut));
  found.after.set(name, line.slice(cut + middle.length, -1));
  found.told.push(attribute);
}

function readAudit(title: string, value: string, audit: Map<string, string>): void {
  const name = AUDIT_NAMES[title] ?? title;
  audit.set(name, title.startsWith('Process') ? value : value.replace(/ \([^()]*\)$/, ''));
}
