import type { TriageState } from '../../src-shared/ipc/detections.ts';

/** What a key does to the file whose drawer is open. */
export type FileAction = { readonly kind: 'triage'; readonly state: TriageState } | { readonly kind: 'note' };

export type KeyAction = FileAction | { readonly kind: 'step'; readonly by: 1 | -1 };

const ACTIONS: Readonly<Record<string, KeyAction>> = {
  j: { kind: 'step', by: 1 },
  k: { kind: 'step', by: -1 },
  i: { kind: 'triage', state: 'investigating' },
  r: { kind: 'triage', state: 'resolved' },
  f: { kind: 'triage', state: 'false-positive' },
  n: { kind: 'note' },
};

interface Pressed {
  readonly key: string;
  readonly ctrlKey: boolean;
  readonly metaKey: boolean;
  readonly altKey: boolean;
}

/** What a single letter means on the list; null for any other key and for chords. */
export function keyAction(pressed: Pressed): KeyAction | null {
  if (pressed.ctrlKey || pressed.metaKey || pressed.altKey) return null;
  return ACTIONS[pressed.key.toLowerCase()] ?? null;
}
