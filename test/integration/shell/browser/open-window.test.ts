import { chmodSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { openWindow } from '../../../../src-main/shell/browser/open-window.ts';
import { temporaryFolder } from '../window-folder.ts';
import { until } from '../../../builders/until.ts';

/** A program that notes what it was started with, in the place of a browser. */
function aProgram(name: string): { path: string; started: () => string } {
  const folder = temporaryFolder();
  const note = join(folder, 'started');
  const program = join(folder, name);
  writeFileSync(
    program,
    `#!/bin/sh\n(echo "$@"; /usr/bin/env) > '${note}.part'; /bin/mv '${note}.part' '${note}'\n`,
  );
  chmodSync(program, 0o755);
  return { path: folder, started: () => readFileSync(note, 'utf8') };
}

test.for(['chromium', 'xdg-open'])(
  'what is opened (%s) gets the address, and never the key of the environment',
  async (name, { skip }) => {
    skip(process.platform !== 'linux', 'elsewhere no program of these names is looked for');
    const { path, started } = aProgram(name);
    const dataFolder = join(temporaryFolder(), 'data');
    mkdirSync(dataFolder);
    const controller = new AbortController();
    onTestFinished(() => controller.abort());
    const environment = {
      // Nothing else is installed there: no real browser is found before `xdg-open` is asked.
      PATH: path,
      DISPLAY: ':0',
      VERDICT_DESK_VIRUSTOTAL_KEY: 'c0ffee'.repeat(10),
    };
    openWindow(
      'http://127.0.0.1:1/?token=t',
      { dataFolder, signal: controller.signal, say: () => undefined, isOurs: true },
      environment,
    );
    await until(() => expect(started()).toContain('http://127.0.0.1:1/?token=t'));
    expect(started()).toContain('DISPLAY=:0');
    expect(started()).not.toContain('c0ffee');
  },
);
