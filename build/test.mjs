// `npm test [unit|integration|ui] [filter …]`: every kind of test, one after the other, and one line at the end.
import { existsSync, mkdirSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { runForeground } from './child.mjs';
import { cacheFolder, nodeModules, root } from './paths.mjs';
import { ensureBrowser } from './test/browser.mjs';
import './ensure-bundle.mjs';

const KINDS = ['unit', 'integration', 'ui'];
const [first, ...rest] = process.argv.slice(2);
const kinds = KINDS.includes(first) ? [first] : KINDS;
const filters = KINDS.includes(first) ? rest : process.argv.slice(2);

const none = { passed: 0, failed: [], unsteady: [], skipped: [] };
const results = [];
// The tests that need the app say so as well.
if (process.exitCode) results.push({ ...none, failed: [{ name: 'the app could not be built', lines: [] }] });
const underVitest = kinds.filter((kind) => kind !== 'ui');
if (underVitest.length > 0) results.push(await runVitest(underVitest));
if (kinds.includes('ui')) results.push(await runPlaywright());

const passed = results.reduce((total, result) => total + result.passed, 0);
const failed = results.flatMap((result) => result.failed);
const unsteady = results.flatMap((result) => result.unsteady);
const skipped = results.flatMap((result) => result.skipped);
if (skipped.length > 0) console.log('\nSkipped:');
for (const { name, reason } of skipped) console.log(`  ${name}: ${reason}`);
// Again, and last: the runners told it in the middle of a long log.
tell('Passed only when tried again', unsteady);
tell('Failed', failed);
process.exitCode = failed.length > 0 || passed === 0 ? 1 : 0;
console.log(
  `\n${passed} passed, ${failed.length} failed${skipped.length > 0 ? `, ${skipped.length} skipped` : ''}`,
);

function tell(heading, tests) {
  if (tests.length > 0) console.log(`\n${heading}:`);
  for (const { name, lines } of tests) console.log([name, ...lines].join('\n    ').replace(/^/, '  '));
}

function runVitest(projects) {
  const counts = countsFile('vitest');
  return runAndCount(
    counts,
    'vitest/vitest.mjs',
    [
      'run',
      '--config=test/vitest.config.ts',
      ...projects.map((project) => `--project=${project}`),
      '--reporter=default',
      `--reporter=${join(root, 'build/test/vitest-counts.mjs')}`,
      ...filters,
    ],
    { VERDICT_DESK_COUNTS: counts },
  );
}

async function runPlaywright() {
  await ensureBrowser();
  const counts = countsFile('playwright');
  return runAndCount(
    counts,
    '@playwright/test/cli.js',
    ['test', '--config=test/ui/playwright.config.ts', ...filters],
    {
      VERDICT_DESK_COUNTS: counts,
    },
  );
}

function countsFile(name) {
  mkdirSync(cacheFolder, { recursive: true });
  const file = join(cacheFolder, `${name}-counts.json`);
  rmSync(file, { force: true });
  return file;
}

/** A runner that ends without counts, or badly without a failed test, is a failure of its own. */
async function runAndCount(file, script, args, environment) {
  const code = await runForeground(process.execPath, [join(nodeModules, script), ...args], {
    cwd: root,
    env: { ...process.env, ...environment },
  });
  const counts = existsSync(file) ? JSON.parse(readFileSync(file, 'utf8')) : none;
  if (code === 0 || counts.failed.length > 0) return counts;
  return {
    ...counts,
    failed: [{ name: `${script} ended with ${code} and named no failed test`, lines: [] }],
  };
}
