import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { embeddedScript, modulePath } from '../../../build/agent-script/embed.mjs';

test('the script that is shipped is the one beside it: run build/agent-script/embed.mjs after a change', () => {
  expect(readFileSync(modulePath, 'utf8')).toBe(embeddedScript());
});
