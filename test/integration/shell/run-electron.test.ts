import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { runElectron } from '../../../src-main/shell/run-electron.ts';
import { temporaryFolder } from './window-folder.ts';
import { until } from '../../builders/until.ts';

/** A program in Electron's place: Node with a script that behaves as told. */
function aProgram(script: string): string {
  const file = join(temporaryFolder(), 'electron');
  writeFileSync(file, `#!${process.execPath}\n${script}`, { mode: 0o755 });
  return file;
}

function aTerminal(): { lines: string[]; options: Parameters<typeof runElectron>[1]; end: () => void } {
  const lines: string[] = [];
  const controller = new AbortController();
  onTestFinished(() => controller.abort());
  const options = {
    dataFolder: temporaryFolder(),
    lab: null,
    port: null,
    opensWindow: true,
    signal: controller.signal,
    say: (line: string) => void lines.push(line),
  };
  return { lines, options, end: () => controller.abort() };
}

const READY = `console.log('Verdict Desk is ready at http://127.0.0.1:1/');`;

test('its address reaches the terminal, and closing the window ends the run', async () => {
  const { lines, options } = aTerminal();
  expect(await runElectron(aProgram(READY), options)).toBe('ended');
  expect(lines).toEqual(['Verdict Desk is ready at http://127.0.0.1:1/']);
});

test('a window that cannot open says why, so that another face can', async () => {
  const { options } = aTerminal();
  const outcome = await runElectron(aProgram('process.exit(127)'), options);
  expect(outcome).toEqual({ reason: 'Electron ended with 127 before its window was ready' });
  const missing = await runElectron('/nonexistent/electron', options);
  expect(missing).toEqual({ reason: 'Electron ended with ENOENT before its window was ready' });
});

test('ending the run ends the window in order', async () => {
  const { lines, options, end } = aTerminal();
  const file = join(options.dataFolder, 'ended');
  const script = `process.on('SIGTERM', () => { require('fs').writeFileSync('${file}', 'in order'); process.exit(0); });
    setInterval(() => {}, 1000); ${READY}`;
  const run = runElectron(aProgram(script), options);
  await until(() => expect(lines).toHaveLength(1));
  end();
  expect(await run).toBe('ended');
  expect(readFileSync(file, 'utf8')).toBe('in order');
});
