/**
 * The few values of ossec.conf that the capability probe tells of. A tolerant scan, not a parser: any number of roots,
 * comments in both of OS_XML's forms, values compared as they stand (wazuh.md 5.1). Nothing is ever written back from it.
 */
export interface ManagerSettings {
  /** alerts.json is written. */
  readonly isJsonOn: boolean;
  /** alerts.log is written. */
  readonly isLogOn: boolean;
  /** Null outside a cluster. */
  readonly clusterNode: string | null;
}

/** Of several values the last one counts: the sections are read in the order of the file. */
export function scanManagerSettings(text: string): ManagerSettings {
  const plain = withoutComments(text);
  const globals = elements(plain, 'global');
  const clusters = elements(plain, 'cluster');
  const last = (within: readonly string[], name: string) =>
    within.flatMap((block) => elements(block, name)).at(-1) ?? null;
  const isClustered = clusters.length > 0 && last(clusters, 'disabled') !== 'yes';
  return {
    isJsonOn: (last(globals, 'jsonout_output') ?? 'yes') === 'yes',
    isLogOn: (last(globals, 'alerts_log') ?? 'yes') === 'yes',
    clusterNode: isClustered ? (last(clusters, 'node_name')?.slice(0, 255) ?? null) : null,
  };
}

/** What starts with `<!` ends with `-->` or `!>`, whichever comes first. */
function withoutComments(text: string): string {
  let plain = '';
  let from = 0;
  for (let at = text.indexOf('<!'); at !== -1; at = text.indexOf('<!', from)) {
    plain += text.slice(from, at);
    COMMENT_END.lastIndex = at + 2;
    const end = COMMENT_END.exec(text);
    if (!end) return plain;
    from = end.index + end[0].length;
  }
  return plain + text.slice(from);
}

const COMMENT_END = /-->|!>/g;

/** Contents of all elements of a name, in order. Stops where one is not closed. */
function elements(text: string, name: string): string[] {
  const [open, close] = [`<${name}>`, `</${name}>`];
  const found: string[] = [];
  for (let at = text.indexOf(open); at !== -1;) {
    const end = text.indexOf(close, at);
    if (end === -1) break;
    found.push(text.slice(at + open.length, end));
    at = text.indexOf(open, end);
  }
  return found;
}
