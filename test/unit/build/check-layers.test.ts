import { expect, test } from 'vitest';
import { findBreaches } from '../../../build/check-layers.mjs';

const sentencesFor = (sources: Record<string, string>): string[] =>
  findBreaches(sources).map(({ sentence }) => sentence);

test('code that follows the arrows is left in peace', () => {
  const sources = {
    'src-shared/ipc/status.ts': `import { z } from 'zod';\nimport { x } from '../domain/x.ts';`,
    'src-main/store/journal.ts': `import type { AlertJournal } from '../alerts/alert-journal.ts';`,
    'src-main/app/compose.ts': `import { openStore } from '../store/open-store.ts';`,
    'src-main/cli/commands/serve.ts': `const { serve } = await import('../../shell/browser/serve.ts');`,
    'src-main/shell/desktop/window.ts': `import { app } from 'electron';`,
    'src-renderer/overview/screen.tsx': `import { Button } from '../ui/button.tsx';\nimport { useState } from 'react';`,
    'src-renderer/app/client.ts': `import type { ContractClient } from '../../src-shared/ipc/index.ts';`,
    'src-renderer/app/root.tsx': `import { Overview } from '../overview/screen.tsx';`,
  };
  expect(sentencesFor(sources)).toEqual([]);
});

test.each([
  ['src-shared/domain/a.ts', `import { readFileSync } from 'node:fs';`, 'src-shared imports only itself'],
  [
    'src-shared/domain/a.ts',
    `export * from '../../src-main/app/clock.ts';`,
    'src-shared imports only itself',
  ],
  [
    'src-renderer/ui/a.tsx',
    `import { join } from 'node:path';`,
    'src-renderer never imports src-main or Node',
  ],
  [
    'src-renderer/app/a.ts',
    `import type { B } from '../../src-main/app/b.ts';`,
    'src-renderer never imports src-main',
  ],
  ['src-main/app/a.ts', `import { app } from 'electron';`, 'Only src-main/shell imports Electron.'],
  ['src-main/shell/a.ts', `import React from 'react';`, 'React is imported only in src-renderer.'],
  ['src-main/alerts/a.ts', `import { b } from '../store/b.ts';`, 'A service knows src-shared'],
  ['src-main/virustotal/a.ts', `await import('../app/compose.ts');`, 'A service knows src-shared'],
  ['src-main/store/a.ts', `import '../secrets/b.ts';`, 'A service knows src-shared'],
  ['src-main/app/a.ts', `import { serve } from '../shell/browser/serve.ts';`, 'app/ builds the services'],
  ['src-main/shell/a.ts', `import { b } from '../cli/b.ts';`, 'A face knows app/'],
  [
    'src-renderer/app/a.ts',
    `import { contract } from '../../src-shared/ipc/index.ts';`,
    'The window takes only types',
  ],
  ['src-renderer/overview/a.ts', `import { b } from '../detections/b.ts';`, 'A feature of the window knows'],
  ['src-renderer/ui/a.ts', `import {\n  b,\n} from '../app/b.ts';`, 'ui/ holds tokens and primitives'],
])('%s with %s breaks its sentence', (file, text, sentence) => {
  expect(sentencesFor({ [file]: text })).toEqual([expect.stringContaining(sentence)]);
});

test('a breach is named with its line', () => {
  const text = `// import 'electron' in words is no import\n\nimport {\n  app,\n} from 'electron';`;
  expect(findBreaches({ 'src-main/app/a.ts': text })).toEqual([
    expect.objectContaining({ file: 'src-main/app/a.ts', line: 5, target: 'electron' }),
  ]);
});
