/** The FIM body of the text form, four generations of it (wazuh.md 2.2: G1, G1b, G2, G3). */
import type { AlertHeader, ChangeActor, FileFacts, FimEvent } from '../domain/alert.ts';
import { parseHashOf } from '../domain/file-hash.ts';
import { fileDateOf } from './alert-time.ts';
import { ownerText } from './file-owner.ts';
import { changedAttributesOf, isRegistryPath, modeOf } from './fim-words.ts';
import { countOf } from './json-values.ts';
import { lostBytes, recoveredBytes } from './source-text.ts';
import { fimChanges } from './text-fim-changes.ts';
import type { FimValues } from './text-fim-changes.ts';
import { fimFacts } from './text-fim-facts.ts';
import { fimSections } from './text-fim-sections.ts';
import { fimSubject } from './text-fim-subject.ts';

/** Null when the body tells of no file: notices of the same location (rules 515, 517, 555, 560). */
export function textFimEvent(header: AlertHeader, body: string, latin1Body: () => string): FimEvent | null {
  const subject = fimSubject(body);
  if (!subject) return null;
  const sections = fimSections(body.slice(subject.length), subject.path);
  const changes = fimChanges(sections.changes);
  const facts = fimFacts(sections.facts);
  const before = factsOf(merged(changes.before, facts.before));
  const { path } = subject;
  return {
    kind: 'fim',
    ...header,
    change: subject.change,
    subject: subject.kind === 'file' && isRegistryPath(path) ? 'registry-key' : subject.kind,
    path,
    pathBytes: lostBytes(path) ? recoveredBytes(path, fimSubject(latin1Body())?.path ?? null) : null,
    mode: modeOf(changes.mode),
    before,
    after: factsOf(merged(changes.after, facts.after)),
    changedAttributes: changedAttributesOf(changes.changedAttributes, before),
    actor: actorOf(merged(changes.audit, facts.audit)),
    tags: sections.tags,
  };
}

function factsOf(values: FimValues): FileFacts {
  const inode = values.get('inode') ?? null;
  return {
    sizeBytes: countOf(values.get('size')),
    hashes: {
      sha256: parseHashOf('sha256', values.get('sha256')),
      sha1: parseHashOf('sha1', values.get('sha1')),
      md5: parseHashOf('md5', values.get('md5')),
    },
    permissions: values.get('permissions') ?? null,
    owner: ownerText(values.get('user') ?? null, values.get('uid') ?? null),
    group: ownerText(values.get('group') ?? null, values.get('gid') ?? null),
    modifiedAt: fileDateOf(values.get('date') ?? null),
    inode: inode === '0' ? null : inode,
  };
}

function actorOf(audit: FimValues): ChangeActor | null {
  if (audit.size === 0) return null;
  return {
    userName: audit.get('User name') ?? null,
    loginName: audit.get('Audit name') ?? null,
    processName: audit.get('Process name') ?? null,
    processId: audit.get('Process id') ?? null,
    parentProcessName: audit.get('Parent process name') ?? null,
  };
}

/** The facts block is the fuller one and wins. */
function merged(changes: FimValues, facts: FimValues): FimValues {
  return new Map([...changes, ...facts]);
}
