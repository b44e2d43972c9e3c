/**
 * Two small scripts that look and change nothing, for the capability probe. They are sent as every program is
 * (`remote-scripts.ts`), one line each.
 */

/**
 * `$1`… paths; one line each, in order: what this account may do with it, then `MODE OWNER GROUP` as far as stat may look.
 * Letters: `e` there, `d` folder, `f` file, `S` socket, `r` `w` `x` what access(2) tells; `-` for none of them.
 */
export const ACCESS_SCRIPT =
  'for p do b=; for t in e d f S r w x; do test "-$t" "$p" && b=$b$t; done; ' +
  'printf "%s %s\\n" "${b:--}" "$(stat -L -c "%a %U %G" -- "$p" 2>/dev/null)"; done';

/** `$1`… names of programs; one line each, in order: where it is, or empty. */
export const WHERE_SCRIPT = 'for n do command -v "$n" || echo; done';
