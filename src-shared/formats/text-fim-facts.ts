/** The facts block of a FIM body: `Attributes:` lines (3.4+, wazuh.md 2.4) or `Old X:` / `New X:` pairs (up to 3.3). */
import type { FimValues } from './text-fim-changes.ts';

export interface FimFacts {
  readonly before: FimValues;
  readonly after: FimValues;
  readonly audit: FimValues;
}

const ATTRIBUTE = /^ - (Size|Permissions|Date|Inode|User|Group|MD5|SHA1|SHA256): (.*)$/;
const AUDIT = /^ - \(Audit\) (User name|Audit name|Process id|Process name|Parent process name): (.*)$/;
const PAIR = /^(Old|New) (size|permissions|date|inode|user|group|MD5|SHA1|SHA256): (.*)$/;

export function fimFacts(lines: readonly string[]): FimFacts {
  const before = new Map<string, string>();
  const after = new Map<string, string>();
  const audit = new Map<string, string>();
  for (const line of lines) {
    const attribute = ATTRIBUTE.exec(line);
    if (attribute) setFact(after, attribute[1] ?? '', attribute[2] ?? '');
    const who = AUDIT.exec(line);
    if (who) audit.set(who[1] ?? '', who[2] ?? '');
    const pair = PAIR.exec(line);
    if (pair) setFact(pair[1] === 'Old' ? before : after, pair[2] ?? '', pair[3] ?? '');
  }
  return { before, after, audit };
}

/** `root (0)` is name and id; kept apart, as the change lines tell them. */
function setFact(values: Map<string, string>, title: string, value: string): void {
  const name = title.toLowerCase();
  if (name !== 'user' && name !== 'group') {
    values.set(name, value);
    return;
  }
  const match = /^(.*) \(([^()]*)\)$/.exec(value);
  values.set(name, match?.[1] ?? value);
  if (match) values.set(name === 'user' ? 'uid' : 'gid', match[2] ?? '');
}
