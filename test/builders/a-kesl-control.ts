import { chmodSync, existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { z } from 'zod';
import {
  createKesMachine,
  type KesMachine,
  type KesMachineChoice,
} from '../../src-main/lab/kes/kes-machine.ts';

/** A `kesl-control` on disk: the lab's simulated one behind a real program, with the machine in a file. */
export interface KeslProgram {
  readonly folder: string;
  /** To be called instead of `/opt/kaspersky/kesl/bin/kesl-control`. */
  readonly path: string;
  change(change: (machine: KesMachine) => void): void;
  /** Arguments of each call so far. */
  calls(): readonly (readonly string[])[];
  remove(): void;
}

const PROGRAM = resolve(import.meta.dirname, '../../src-main/lab/kes/kesl-program.ts');
const calls = z.array(z.array(z.string()));

/** `chatter` is printed before the answer: a program that nobody reads from dies of it. */
export function aKeslControl(
  choice: Partial<KesMachineChoice> & { readonly chatter?: string; readonly folder?: string } = {},
): KeslProgram {
  const folder = choice.folder ?? mkdtempSync(join(tmpdir(), 'verdict-desk-kesl-'));
  mkdirSync(folder, { recursive: true });
  const [state, log, path] = [
    join(folder, 'machine.json'),
    join(folder, 'calls'),
    join(folder, 'kesl-control'),
  ];
  writeFileSync(state, JSON.stringify(createKesMachine({ nowMs: Date.now(), ...choice })));
  const chatter = choice.chatter === undefined ? '' : `printf '%s\\n' '${choice.chatter}'\n`;
  writeFileSync(
    path,
    `#!/bin/sh\n${chatter}exec '${process.execPath}' --no-warnings '${PROGRAM}' '${state}' '${log}' "$@"\n`,
  );
  chmodSync(path, 0o755);
  return {
    folder,
    path,
    change(change) {
      const machine: KesMachine = JSON.parse(readFileSync(state, 'utf8'));
      change(machine);
      writeFileSync(state, JSON.stringify(machine));
    },
    calls: () =>
      existsSync(log)
        ? calls.parse(
            readFileSync(log, 'utf8')
              .trimEnd()
              .split('\n')
              .map((line): unknown => JSON.parse(line)),
          )
        : [],
    remove: () => rmSync(folder, { recursive: true, force: true }),
  };
}
