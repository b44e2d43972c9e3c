import { useState } from 'react';
import type { DomainError } from '../../../src-shared/errors/domain-error.ts';
import { announce } from '../../ui/announce.ts';
import { fileName } from '../../ui/split-path.ts';
import { useCommand } from '../use-command.ts';
import { whyOnceOnly } from './once-only.ts';

/** Follow a file as it grows, or read it once. */
export type AddMode = 'follow' | 'once';

export interface AddFile {
  readonly path: string;
  readonly setPath: (path: string) => void;
  readonly mode: AddMode;
  readonly setMode: (mode: AddMode) => void;
  readonly withArchives: boolean;
  readonly setWithArchives: (on: boolean) => void;
  /** Why this path can only be read once; null when it may be followed. */
  readonly onceOnly: string | null;
  /** The verb of the button. */
  readonly verb: string;
  /** What the path still lacks; null when it can be submitted. */
  readonly missing: string | null;
  readonly isRunning: boolean;
  readonly error: DomainError | null;
  readonly submit: () => void;
}

/** The state of the form that names an alert file; `onDone` when the core has taken it. */
export function useAddFile(startMode: AddMode, onDone: () => void): AddFile {
  const [path, setPath] = useState('');
  const [chosenMode, setMode] = useState<AddMode>(startMode);
  const [withArchives, setWithArchives] = useState(true);
  const add = useCommand(async (client, wanted: string, mode: AddMode) => {
    if (mode === 'once') return await client.sources.importFile({ path: wanted });
    return await client.sources.follow({ path: wanted, format: 'auto', archives: withArchives });
  });
  const trimmed = path.trim();
  const onceOnly = whyOnceOnly(trimmed);
  const mode = onceOnly ? 'once' : chosenMode;
  const missing = trimmed === '' ? 'Enter the path first.' : null;

  const submit = async () => {
    if (missing || add.isRunning) return;
    if ((await add.run(trimmed, mode)) === null) return;
    announce(`${mode === 'follow' ? 'Following' : 'Importing'} ${fileName(trimmed)}.`);
    onDone();
  };
  return {
    path,
    setPath: (next) => {
      setPath(next);
      add.forget();
    },
    mode,
    setMode,
    withArchives,
    setWithArchives,
    onceOnly,
    verb: verbOf(mode, trimmed),
    missing,
    isRunning: add.isRunning,
    error: add.error,
    submit: () => void submit(),
  };
}

function verbOf(mode: AddMode, path: string): string {
  const name = fileName(path).slice(0, 40);
  if (mode === 'once') return name ? `Read ${name} once` : 'Read once';
  return name ? `Follow ${name}` : 'Follow';
}
