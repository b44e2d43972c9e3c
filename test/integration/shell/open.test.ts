import { expect, onTestFinished, test, vi } from 'vitest';
import type { StartCore } from '../../../src-main/app/core-host.ts';
import type { FaceOptions } from '../../../src-main/shell/face-options.ts';
import { open } from '../../../src-main/shell/open.ts';
import { startSmallCore } from './small-core.ts';
import { aWindowFolder, temporaryFolder } from './window-folder.ts';
import { until } from '../../builders/until.ts';

const startCore: StartCore = async () => startSmallCore();

interface Opened {
  readonly lines: string[];
  readonly ended: Promise<void>;
}

function anOpen(options: Partial<FaceOptions> = {}): Opened {
  const lines: string[] = [];
  const controller = new AbortController();
  const ended = open(
    {
      dataFolder: temporaryFolder(),
      lab: null,
      port: null,
      opensWindow: true,
      rendererFolder: aWindowFolder(),
      signal: controller.signal,
      say: (line) => lines.push(line),
      ...options,
    },
    startCore,
  );
  onTestFinished(async () => {
    controller.abort();
    await ended;
  });
  return { lines, ended };
}

const untilReady = (lines: readonly string[]) =>
  until(() => expect(lines.join('\n')).toContain('Verdict Desk is ready at http://127.0.0.1:'));

test('where there is no display the address is all there is, and it says so', async () => {
  vi.stubEnv('DISPLAY', '');
  vi.stubEnv('WAYLAND_DISPLAY', '');
  onTestFinished(() => void vi.unstubAllEnvs());
  const { lines } = anOpen();
  await untilReady(lines);
  await until(() =>
    expect(lines).toContain('There is no display here: open the address above in a browser on this machine.'),
  );
});

test('with --no-open nothing is tried and nothing else is said', async () => {
  const { lines } = anOpen({ opensWindow: false });
  await untilReady(lines);
  expect(lines).toHaveLength(1);
});

test('what runs on this data folder already is shown instead of started again', async () => {
  const dataFolder = temporaryFolder();
  const first = anOpen({ dataFolder, opensWindow: false });
  await untilReady(first.lines);
  const second = anOpen({ dataFolder, opensWindow: false });
  await second.ended;
  expect(second.lines[0]).toBe(
    'Verdict Desk runs on this data folder already; here is a fresh address of it.',
  );
});
