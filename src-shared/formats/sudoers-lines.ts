/** Where the lines for this product belong. */
export const SUDOERS_PLACE = '/etc/sudoers.d/verdict-desk';

/**
 * Lines of sudoers that let `user` run exactly these commands as root. Null when a name or path could mean more to sudo
 * than it says (`ALL`, an alias, a wildcard, an escape): both come from the manager.
 */
export function sudoersLines(
  user: string,
  commands: readonly (readonly string[])[],
  options: { readonly needsPassword: boolean },
): readonly string[] | null {
  if (!USER.test(user)) return null;
  const isPlain = commands.every(
    ([program = '', ...words]) => PROGRAM.test(program) && words.every(isPlainWord),
  );
  if (!isPlain) return null;
  const tag = options.needsPassword ? '' : 'NOPASSWD: ';
  return commands.map((argv) => `${user} ALL=(root) ${tag}${argv.join(' ')}`);
}

/** Whether a name may stand in a command line for root without quoting. */
export function isPlainAccount(name: string): boolean {
  return USER.test(name);
}

/** Lower case first: names in capitals are aliases or `ALL`. */
const USER = /^[a-z_][A-Za-z0-9_.-]{0,63}$/;
const PROGRAM = /^(\/[A-Za-z0-9_+-][A-Za-z0-9_.+-]*)+$/;

function isPlainWord(word: string): boolean {
  return /^[A-Za-z0-9_.-]+$/.test(word);
}
