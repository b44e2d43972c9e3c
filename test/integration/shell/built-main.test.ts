import { spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { text } from 'node:stream/consumers';
import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';
import { z } from 'zod';
import { temporaryFolder } from './window-folder.ts';

const here = (path: string): string => fileURLToPath(new URL(path, import.meta.url));
const bundle = here('../../../build/out/main.js');

const seenLine = z.object({
  seen: z.object({
    preload: z.string(),
    isSandboxed: z.boolean(),
    pageStatus: z.number(),
    policy: z.string(),
    strangerGotPort: z.boolean(),
    answer: z.record(z.string(), z.unknown()),
  }),
});

test('the built bundle opens its window, answers its page over the bridge, and ends in order', async ({
  skip,
}) => {
  skip(!existsSync(bundle), 'the bundle is not built; `npm test` builds it');
  const child = spawn(
    process.execPath,
    ['--import', here('./drive-built-main.ts'), bundle, `--data=${temporaryFolder()}`, '--port=0', '--lab'],
    { stdio: ['ignore', 'pipe', 'pipe'], timeout: 50_000 },
  );
  const ended = new Promise<number | null>((resolve) => child.once('exit', resolve));
  const [output, complaints, code] = await Promise.all([text(child.stdout), text(child.stderr), ended]);

  expect({ code, complaints }).toMatchObject({ code: 0 });
  expect(output).toMatch(/^Verdict Desk is ready at http:\/\/127\.0\.0\.1:\d+\/[\w-]{22}\/\?token=/m);
  const line = output.split('\n').find((candidate) => candidate.startsWith('{"seen"'));
  const { seen } = seenLine.parse(JSON.parse(line ?? 'null'));
  expect(seen).toMatchObject({ isSandboxed: true, pageStatus: 200, strangerGotPort: false });
  expect(seen.policy).toContain(`default-src 'none'`);
  expect(existsSync(seen.preload)).toBe(true);
  expect(Object.keys(seen.answer).length).toBeGreaterThan(0);
});
