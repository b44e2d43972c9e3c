/**
 * What `sudo -l` and `sudo -ll` print (sudo 1.8, 1.9): which commands an account may run. Both forms are read; the long
 * one keeps each command on a line of its own and is never wrapped.
 */
export interface SudoRule {
  /** As sudoers has it: `ALL`, `/usr/bin/id`, `/usr/bin/id -u`, `/bin/ls ""`. */
  readonly command: string;
  readonly isForbidden: boolean;
  readonly asRoot: boolean;
  readonly needsPassword: boolean;
}

/** Rules in the order of sudoers; the last that matches counts. */
export function parseSudoListing(text: string): readonly SudoRule[] {
  const rules: SudoRule[] = [];
  let entry = { asRoot: true, needsPassword: true };
  let isInCommands = false;
  for (const line of text.split('\n').slice(0, MOST_LINES)) {
    if (line.startsWith('Sudoers entry:')) {
      entry = { asRoot: true, needsPassword: true };
      isInCommands = false;
    } else if (/^\s+RunAsUsers: /.test(line)) entry.asRoot = runsAsRoot(line.replace(/^.*?: /, ''));
    else if (/^\s+Options: /.test(line)) entry.needsPassword = !/!authenticate\b/.test(line);
    else if (/^\s+Commands:/.test(line)) isInCommands = true;
    else if (isInCommands && line.startsWith('\t')) rules.push(ruleOf(line.trim(), entry));
    else if (/^ {4}\(/.test(line)) rules.push(...shortRules(line.trim()));
  }
  return rules;
}

/** `argv` begins with an absolute path. Null: not allowed; else whether sudo would ask for a password. */
export function sudoAllows(
  rules: readonly SudoRule[],
  argv: readonly string[],
): { readonly needsPassword: boolean } | null {
  const found = rules.findLast((rule) => rule.asRoot && matches(rule.command, argv));
  return !found || found.isForbidden ? null : { needsPassword: found.needsPassword };
}

const MOST_LINES = 2000;

function runsAsRoot(users: string): boolean {
  return users.split(',').some((user) => ['root', 'ALL', '#0'].includes(user.trim()));
}

function ruleOf(text: string, entry: Pick<SudoRule, 'asRoot' | 'needsPassword'>): SudoRule {
  const isForbidden = text.startsWith('!');
  return { command: isForbidden ? text.slice(1) : text, isForbidden, ...entry };
}

/** `(root) NOPASSWD: /usr/bin/id, PASSWD: /bin/cat`: a tag holds for the commands that follow it. */
function shortRules(line: string): SudoRule[] {
  const [, users = '', rest = ''] = /^\(([^):]*)(?::[^)]*)?\)\s*(.*)$/.exec(line) ?? [];
  const asRoot = runsAsRoot(users);
  let needsPassword = true;
  return rest.split(/(?<!\\),\s*/).map((part) => {
    let text = part.trim();
    for (let tag = TAG.exec(text); tag; tag = TAG.exec(text)) {
      if (tag[1] === 'NOPASSWD') needsPassword = false;
      if (tag[1] === 'PASSWD') needsPassword = true;
      text = text.slice(tag[0].length);
    }
    return ruleOf(text, { asRoot, needsPassword });
  });
}

const TAG = /^([A-Z_]+):\s*/;

/** Without arguments in sudoers any are allowed, `""` allows none; wildcards and regular expressions are sudo's to judge. */
function matches(command: string, argv: readonly string[]): boolean {
  if (command === 'ALL') return true;
  const [program = '', ...words] = command.split(' ');
  if (!globMatches(program, argv[0] ?? '')) return false;
  if (words.length === 0) return true;
  const [expected, given] = [words.join(' ').replaceAll(/\\([,:=\\])/g, '$1'), argv.slice(1).join(' ')];
  return expected === '""' ? given === '' : globMatches(expected, given);
}

/** `*` and `?` only, matched step by step so that no pattern can make it slow. */
function globMatches(pattern: string, text: string): boolean {
  let [p, t, star, mark] = [0, 0, -1, 0];
  while (t < text.length) {
    if (pattern[p] === '*') {
      star = p;
      mark = t;
      p += 1;
    } else if (p < pattern.length && (pattern[p] === '?' || pattern[p] === text[t])) {
      p += 1;
      t += 1;
    } else if (star >= 0) {
      p = star + 1;
      mark += 1;
      t = mark;
    } else return false;
  }
  while (pattern[p] === '*') p += 1;
  return p === pattern.length;
}
