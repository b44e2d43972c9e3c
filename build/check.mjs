// `npm run check`: types, lint, format, layers, contrast; side by side, one summary, every complaint in full.
import { spawn } from 'node:child_process';
import { availableParallelism } from 'node:os';
import { join } from 'node:path';
import { nodeModules, root } from './paths.mjs';

const bin = (path) => join(nodeModules, path);

const CHECKS = [
  { name: 'types', script: bin('typescript/bin/tsc'), args: ['-b'] },
  {
    name: 'lint',
    script: bin('oxlint/bin/oxlint'),
    // AssemblyScript looks like TypeScript and is not.
    args: ['--type-aware', '--deny-warnings', '--ignore-pattern=build/scan/*.ts', '.'],
  },
  { name: 'format', script: bin('oxfmt/bin/oxfmt'), args: ['--check', '.'] },
  { name: 'layers', script: join(root, 'build/check-layers.mjs'), args: [] },
  { name: 'contrast', script: join(root, 'build/contrast.mjs'), args: [] },
];

const waiting = [...CHECKS];
const results = [];
await Promise.all(Array.from({ length: Math.min(availableParallelism(), CHECKS.length) }, work));

for (const { name, output } of results.filter(({ code }) => code !== 0))
  console.log(`── ${name}\n${output.trimEnd()}\n`);
for (const { name } of CHECKS) {
  const { code, seconds } = results.find((result) => result.name === name);
  console.log(`${code === 0 ? 'ok  ' : 'FAIL'} ${name.padEnd(9)} ${seconds.toFixed(1)} s`);
}
process.exitCode = results.some(({ code }) => code !== 0) ? 1 : 0;

async function work() {
  for (let check = waiting.shift(); check; check = waiting.shift()) results.push(await run(check));
}

function run({ name, script, args }) {
  const startedAt = performance.now();
  const { promise, resolve } = Promise.withResolvers();
  const child = spawn(process.execPath, [script, ...args], { cwd: root, stdio: ['ignore', 'pipe', 'pipe'] });
  let output = '';
  child.stdout.on('data', (text) => (output += text));
  child.stderr.on('data', (text) => (output += text));
  child.once('error', (error) => (output += error.message));
  child.once('close', (code) =>
    resolve({ name, code, output, seconds: (performance.now() - startedAt) / 1000 }),
  );
  return promise;
}
