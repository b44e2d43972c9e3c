/**
 * Pattern lists as OpenSSH writes them in known_hosts and ssh_config: `*` and `?` are wildcards, `!` in front excludes.
 * A list fits when one of its patterns does and no excluding one does; case does not matter.
 */
export function fitsHostPatterns(patterns: readonly string[], name: string): boolean {
  const lowerName = name.toLowerCase();
  let fits = false;
  for (const pattern of patterns) {
    const isExcluding = pattern.startsWith('!');
    if (!fitsWildcards((isExcluding ? pattern.slice(1) : pattern).toLowerCase(), lowerName)) continue;
    if (isExcluding) return false;
    fits = true;
  }
  return fits;
}

/** One pattern against the whole text. Steps back to the last `*` only, so that no pattern takes long. */
export function fitsWildcards(pattern: string, text: string): boolean {
  let at = 0;
  let inPattern = 0;
  let afterStar = -1;
  let starredTo = 0;
  while (at < text.length) {
    const wanted = pattern[inPattern];
    if (wanted === '*') {
      afterStar = inPattern + 1;
      starredTo = at;
      inPattern = afterStar;
    } else if (wanted === '?' || wanted === text[at]) {
      at += 1;
      inPattern += 1;
    } else if (afterStar >= 0) {
      starredTo += 1;
      at = starredTo;
      inPattern = afterStar;
    } else {
      return false;
    }
  }
  while (pattern[inPattern] === '*') inPattern += 1;
  return inPattern === pattern.length;
}
