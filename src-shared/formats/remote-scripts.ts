/**
 * Everything that is ever sent to a remote shell has one form:
 *
 *     exec /bin/sh -c START_SCRIPT sh PROGRAM ARGUMENT…          (made by quoteCommand, read back by splitCommand)
 *
 * Programs that are started this way, with their arguments (paths are absolute):
 *
 *     id -u                                            who the account is, once per connection
 *     sh -c STAT_SCRIPT sh                             one per connection, answers until its input ends
 *     sh -c WATCH_SCRIPT sh PATH                       one per watched file, runs until its input ends
 *     sh -c END_SCRIPT sh TERM|KILL PID…               ends programs that ran too long
 *     sh -c REPLACE_SCRIPT sh PATH OLD NEW NAME MODE OWNER LOSS      the new content on its input
 *     cat PATH                                         only as root
 *     sudo -n -- PROGRAM ARGUMENT…                     any of these, as root
 *     sh -c PASSWORD_SCRIPT sh ticket|direct PROGRAM ARGUMENT…       the same with a password: first line of its input
 *
 * and whatever a caller of `ManagerHost.run` asks for. The scripts call: cat chcon chgrp chmod chown cp dd ln mv readlink
 * rm sha256sum sleep stat sudo sync tail touch wc. They run in a POSIX sh (tried: dash, bash, busybox) and are one line
 * each: the login shell that hands them on may be csh, which knows no line break in quotes.
 */
const START = 'verdict-desk-start';

/** Begins the line that START_SCRIPT prints; the process number and a line break follow. */
export const START_MARK = `${START} `;

/**
 * Says on both outputs where the program's own output begins (a login shell may greet before) and which process it is;
 * sshd makes that process the leader of its group. Messages of all programs come in English.
 */
export const START_SCRIPT =
  'PATH=/usr/sbin:/usr/bin:/sbin:/bin LC_ALL=C; export PATH LC_ALL; ' +
  `echo "${START} $$"; echo "${START} $$" >&2; exec "$@"`;

/**
 * `$1` signal, then processes: to the whole group of each, or to it alone where it leads none. No `--` before a number:
 * dash and busybox would take that for one.
 */
export const END_SCRIPT =
  's=$1; shift; for p in "$@"; do kill "-$s" "-$p" 2>/dev/null || kill "-$s" "$p"; done';

/**
 * Reads two lines per question, a number and a path; answers one line, `NUMBER EXIT-CODE DEVICE INODE SIZE SECONDS MODE`
 * (mode in hex), or what stat said after an exit code other than 0. Ends with its input.
 */
export const STAT_SCRIPT =
  'while read -r n && IFS= read -r p; do r=$(stat -L -c "%d %i %s %Y %f" -- "$p" 2>&1); ' +
  String.raw`printf "%s %s %s\n" "$n" "$?" "$r"; done`;

/**
 * `$1` path. Prints an empty line when the file grows or its name stands for another file, at once when it was quiet,
 * else 20 times a second; the content itself is thrown away here. `tail` waits without using time (inotify) where it
 * can. When the input ends, which it does with the connection, tail is ended, and with it everything else.
 */
export const WATCH_SCRIPT =
  '{ tail -c 0 -F "$1" 2>&1 & cat >/dev/null; kill "$!" 2>/dev/null; } | ' +
  '{ exec 3<&0; while [ "$(dd bs=1 count=1 2>/dev/null | wc -c)" -eq 1 ]; do echo; ' +
  'cat <&3 >/dev/null & sleep 0.05 2>/dev/null || sleep 1; kill "$!" 2>/dev/null; wait "$!" 2>/dev/null; echo; done; }';

/** PASSWORD_SCRIPT prints this line to its errors once the password was accepted. */
export const ELEVATED_MARK = 'verdict-desk-elevated\n';

/**
 * `$1` `ticket` or `direct`, then program and arguments. Takes the first line of its input, byte by byte as `read` does,
 * and shows it to sudo in one single attempt: the program's own input is never tried as a password, a program never
 * reads the password. `ticket`: sudo remembers the accepted password for the children of this very shell, which starts the
 * program without one. `direct`, where sudo is set to remember nothing: once more in front of the program's input; only
 * for a program that is known to ask.
 */
export const PASSWORD_SCRIPT =
  String.raw`IFS= read -r w; m=$1; shift; printf "%s\n" "$w" | sudo -S -p "" -v >/dev/null || exit 1; ` +
  'echo verdict-desk-elevated >&2; if [ "$m" = direct ]; then ' +
  String.raw`{ printf "%s\n" "$w"; exec cat; } | sudo -S -p "" -- "$@"; ` +
  'else unset w; sudo -n -- "$@"; fi; exit "$?"';

/**
 * Replaces a file by what comes in. `$1` path, `$2` SHA-256 of what it must hold now or `new`, `$3` SHA-256 of the new
 * content, `$4` name of the file beside it, `$5` mode and `$6` `user:group` of a new file or empty, `$7` `lossy` where the
 * owner may change, else `strict`. A link stays and its target is replaced. Prints one line: `done` and what was not
 * kept (`owner`, `attributes`, `context`), or why nothing was changed: `missing`, `exists`, `not-a-file`, `incomplete`,
 * `changed`, `owner OLD NEW` (each `uid:gid mode`). Else it exits with a code and the failing program's message.
 */
export const REPLACE_SCRIPT = [
  'umask 077; t=$1 lost=',
  'if [ "$2" = new ]; then if [ -e "$t" ] || [ -L "$t" ]; then echo exists; exit 0; fi',
  'else t=$(readlink -f "$1") && [ -e "$t" ] || { echo missing; exit 0; }',
  '[ -f "$t" ] || { echo not-a-file; exit 0; }; fi',
  'd=${t%/*}; n=$d/$4',
  // Created only if nothing has that name, and taken away again however this ends.
  'set -C; exec 3>"$n" || exit 1; set +C; trap "exit 1" HUP INT TERM PIPE',
  String.raw`trap "rm -f \"\$n\"" EXIT`,
  // The folder may belong to others (etc/ does, to wazuh): from here on the file is meant, not whatever has its name.
  'f=/proc/$$/fd/3; [ -e "$f" ] || f=$n',
  'cat >&3 || exit 1',
  // A connection that broke looks like an input that ended.
  '[ "$(sha256sum <"$f")" = "$3  -" ] || { echo incomplete; exit 0; }',
  'if [ "$2" = new ]; then chmod "${5:-640}" "$f" || exit 1; [ -z "$6" ] || chown "$6" "$f" || exit 1',
  'else a=$(stat -c "%u:%g %a" "$t") || exit 1',
  // GNU cp brings ACLs and extended attributes as well; others keep owner, group and mode.
  'cp --attributes-only --preserve=all "$t" "$f" 2>/dev/null || lost="$lost attributes"',
  'chown "${a% *}" "$f" 2>/dev/null || chgrp "$(stat -c %g "$t")" "$f" 2>/dev/null',
  'chmod "${a#* }" "$f" || exit 1',
  'b=$(stat -L -c "%u:%g %a" "$f")',
  'if [ "$a" != "$b" ]; then',
  '[ "$7" = lossy ] && [ "${a#*:}" = "${b#*:}" ] || { echo "owner $a $b"; exit 0; }; lost="$lost owner"; fi',
  'if [ -e /sys/fs/selinux/enforce ]; then',
  'chcon --reference="$t" "$f" 2>/dev/null || lost="$lost context"; fi',
  'touch "$f"; fi',
  'sync "$f" 2>/dev/null || sync',
  'if [ "$2" = new ]; then ln "$n" "$t" || { [ -e "$t" ] || exit 1; echo exists; exit 0; }',
  'else [ "$(sha256sum <"$t")" = "$2  -" ] || { echo changed; exit 0; }; mv -f "$n" "$t" || exit 1; fi',
  'sync "$d" 2>/dev/null; echo "done$lost"',
]
  .join('; ')
  .replaceAll('then; ', 'then ');
