import type { TriageState } from '../../src-shared/ipc/detections.ts';
import { letterOf, stepOf, type Pressed } from '../ui/letter-keys.ts';

/** What a key does to the file whose drawer is open. */
export type FileAction = { readonly kind: 'triage'; readonly state: TriageState } | { readonly kind: 'note' };

export type KeyAction = FileAction | { readonly kind: 'step'; readonly by: 1 | -1 };

const FILE_ACTIONS: Readonly<Record<string, FileAction>> = {
  i: { kind: 'triage', state: 'investigating' },
  r: { kind: 'triage', state: 'resolved' },
  f: { kind: 'triage', state: 'false-positive' },
  n: { kind: 'note' },
};

/** What a single letter means on the list; null for any other key and for chords. */
export function keyAction(pressed: Pressed): KeyAction | null {
  const by = stepOf(pressed);
  return by === null ? (FILE_ACTIONS[letterOf(pressed) ?? ''] ?? null) : { kind: 'step', by };
}
