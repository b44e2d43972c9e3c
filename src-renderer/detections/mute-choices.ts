import type { DetectionRow } from '../../src-shared/ipc/detections.ts';
import { splitPath } from '../ui/split-path.ts';

export type MuteScope = 'hash' | 'path' | 'folder' | 'extension' | 'agent';

/** A rule that would cover this file. */
export interface MuteChoice {
  readonly scope: MuteScope;
  readonly label: string;
  readonly kind: 'path' | 'extension' | 'agent' | 'hash';
  readonly pattern: string;
}

/** From the narrowest to the widest; what the file does not have is left out. */
export function muteChoices(
  row: Pick<DetectionRow, 'path' | 'agentName' | 'sha256' | 'sha1' | 'md5'>,
): readonly MuteChoice[] {
  const choices: MuteChoice[] = [];
  const hash = row.sha256 ?? row.sha1 ?? row.md5;
  if (hash) choices.push({ scope: 'hash', label: 'This hash, wherever it is', kind: 'hash', pattern: hash });
  if (row.path) choices.push({ scope: 'path', label: 'This path', kind: 'path', pattern: row.path });
  const { folder, name } = splitPath(row.path);
  const separator = name.startsWith('\\') ? '\\' : '/';
  if (folder || name.startsWith('/')) {
    choices.push({
      scope: 'folder',
      label: 'This folder and all below it',
      kind: 'path',
      pattern: folder + separator,
    });
  }
  const ending = endingOf(name);
  if (ending) {
    choices.push({ scope: 'extension', label: 'This extension', kind: 'extension', pattern: ending });
  }
  if (row.agentName) {
    choices.push({ scope: 'agent', label: 'This agent', kind: 'agent', pattern: row.agentName });
  }
  return choices;
}

/** `.exe` of `/invoice.exe`; nothing of `/.bashrc`, `/Makefile` and `/odd.`. */
function endingOf(name: string): string | null {
  const bare = name.replace(/^[/\\]/, '');
  const dot = bare.lastIndexOf('.');
  return dot > 0 && dot < bare.length - 1 ? bare.slice(dot) : null;
}
