/** The first line of a FIM body: what happened to which file. Paths may hold quotes, newlines and these very words. */
import type { FileChange, FimSubject } from '../domain/alert.ts';

export interface FimSubjectLine {
  readonly kind: FimSubject;
  readonly path: string;
  readonly change: FileChange;
  /** Characters of the body that it takes, its newline included. */
  readonly length: number;
}

const OPENING = /^(New file|Integrity checksum changed for:|File|Registry Key|Registry Value) '/;

const CLOSING =
  /' (added to the file system\.|was added\.|was re-added\.|was deleted\.(?: Unable to retrieve checksum\.)?|checksum changed\.|added|modified|deleted)(?=\n|$)/g;

/** What may stand below a subject line, in any generation. */
const BELOW =
  /^(?:\n|$|File: |Hard links: |Mode: |Changed attributes: |Symbolic path: '|Size changed |Permissions changed|Ownership was |User name was |Group (?:ownership|name) was |Old |New |\(Audit\) |What changed:|Attributes:)/;

const CHANGE_OF_CLOSING: Readonly<Record<string, FileChange>> = {
  'added to the file system.': 'added',
  'was added.': 'added',
  added: 'added',
  'was re-added.': 'readded',
  'checksum changed.': 'modified',
  modified: 'modified',
  deleted: 'deleted',
};

export function fimSubject(body: string): FimSubjectLine | null {
  const opening = OPENING.exec(body);
  if (!opening) return null;
  const start = opening[0].length;
  if (opening[1] === 'Integrity checksum changed for:') return modifiedSubject(body, start);
  const closing = closingOf(body, start);
  if (!closing) return null;
  const words = closing[1] ?? '';
  return {
    kind: kindOf(opening[1] ?? ''),
    path: body.slice(start, closing.index),
    change: CHANGE_OF_CLOSING[words] ?? 'deleted',
    length: closing.index + closing[0].length + 1,
  };
}

/**
 * The last closing that reads like one: below the true one only the manager writes, while a path may imitate a closing
 * and more. File contents come after `What changed:` and are not looked at.
 */
function closingOf(body: string, start: number): RegExpExecArray | null {
  const candidates = [...body.matchAll(CLOSING)].filter(
    (match) => match.index >= start && BELOW.test(body.slice(match.index + match[0].length + 1)),
  );
  const contents = body.indexOf('\nWhat changed:\n');
  const beforeContents = candidates.filter((match) => contents < 0 || match.index < contents);
  return beforeContents.at(-1) ?? candidates[0] ?? null;
}

/** `Integrity checksum changed for: 'P'` closes with the quote alone, like many a line below: the first one counts. */
function modifiedSubject(body: string, start: number): FimSubjectLine | null {
  for (const match of body.matchAll(/'(?=\n|$)/g)) {
    if (match.index < start || !BELOW.test(body.slice(match.index + 2))) continue;
    return {
      kind: 'file',
      path: body.slice(start, match.index),
      change: 'modified',
      length: match.index + 2,
    };
  }
  return null;
}

function kindOf(opening: string): FimSubject {
  if (opening === 'Registry Key') return 'registry-key';
  return opening === 'Registry Value' ? 'registry-value' : 'file';
}
