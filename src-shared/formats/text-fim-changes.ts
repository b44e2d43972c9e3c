/** Change lines and who-data lines of a FIM body (wazuh.md 2.3). */

/** Values by the names of the facts block: size, permissions, user, uid, group, gid, md5, sha1, sha256, date, inode. */
export type FimValues = ReadonlyMap<string, string>;

export interface FimChanges {
  readonly mode: string | null;
  /** Listed from 3.12 on. */
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
}

const NOW = "', now it is '";
const PAIRS: readonly ChangeLine[] = [
  { opening: "Size changed from '", middle: "' to '", name: 'size' },
  { opening: "Permissions changed from '", middle: "' to '", name: 'permissions' },
  { opening: "Ownership was '", middle: NOW, name: 'uid' },
  { opening: "User name was '", middle: NOW, name: 'user' },
  { opening: "Group ownership was '", middle: NOW, name: 'gid' },
  { opening: "Group name was '", middle: NOW, name: 'group' },
  { opening: "Old modification time was: '", middle: NOW, name: 'date' },
  { opening: "Old inode was: '", middle: NOW, name: 'inode' },
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
  let mode: string | null = null;
  let listed: readonly string[] = [];
  for (const line of lines) {
    if (line.startsWith('Mode: ')) mode ??= line.slice(6);
    else if (line.startsWith('Changed attributes: ')) listed = line.slice(20).split(',');
    else readChange(line, { before, after, audit });
  }
  return { mode, changedAttributes: listed, before, after, audit };
}

interface Found {
  readonly before: Map<string, string>;
  readonly after: Map<string, string>;
  readonly audit: Map<string, string>;
}

function readChange(line: string, found: Found): void {
  const pair = PAIRS.find(({ opening }) => line.startsWith(opening));
  if (pair) readPair(line, pair, found);
  const oldDigest = OLD_DIGEST.exec(line);
  if (oldDigest) found.before.set(oldDigest[1] ?? '', oldDigest[2] ?? '');
  const newDigest = NEW_DIGEST.exec(line);
  if (newDigest) found.after.set(newDigest[1] ?? '', newDigest[2] ?? '');
  const audit = AUDIT.exec(line);
  if (audit) readAudit(audit[1] ?? '', audit[2] ?? '', found.audit);
}

function readPair(line: string, { opening, middle, name }: ChangeLine, found: Found): void {
  const cut = line.indexOf(middle, opening.length);
  if (cut < 0 || !line.endsWith("'")) return;
  found.before.set(name, line.slice(opening.length, cut));
  found.after.set(name, line.slice(cut + middle.length, -1));
}

function readAudit(title: string, value: string, audit: Map<string, string>): void {
  const name = AUDIT_NAMES[title] ?? title;
  audit.set(name, title.startsWith('Process') ? value : value.replace(/ \([^()]*\)$/, ''));
}
