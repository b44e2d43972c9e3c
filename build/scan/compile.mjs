// Compiles line-scan.as and what it imports (AssemblyScript) into src-main/alerts/line-scan-module.ts. Run after every change of the source:
// a unit test compiles again and compares, so the two cannot drift apart.
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { createMemoryStream, main } from 'assemblyscript/asc';

const folder = fileURLToPath(new URL('.', import.meta.url));
export const modulePath = join(folder, '../../src-main/alerts/line-scan-module.ts');

/** 64 KiB pages. line-scan.ts beside the module lays them out; the memory never grows. */
const PAGES = 22;

const OPTIONS = `--runtime stub -O3 --noAssert --enable simd --initialMemory ${PAGES} --maximumMemory ${PAGES}`;

/** AssemblyScript reads like TypeScript but is none; its own ending keeps the other tools away, and asc wants `.ts`. */
const ENTRY = 'line-scan.ts';
const SOURCES = ['line-scan', 'usual-fim', 'fim-values'];

/** The text of line-scan-module.ts. */
export async function compiledModule() {
  const base64 = Buffer.from(await compile()).toString('base64');
  const lines = base64.match(/.{1,100}/g) ?? [];
  return [
    '/** WebAssembly module compiled from build/scan/line-scan.as by build/scan/compile.mjs. Not edited by hand. */',
    'export const LINE_SCAN_MODULE = [',
    ...lines.map((line) => `  '${line}',`),
    "].join('');",
    '',
  ].join('\n');
}

async function compile() {
  let binary = null;
  const messages = createMemoryStream();
  const { error } = await main([ENTRY, '--outFile', 'line-scan.wasm', ...OPTIONS.split(' ')], {
    stderr: messages,
    readFile: (name) => {
      const source = SOURCES.find((source) => name === `${source}.ts`);
      return source ? readFileSync(join(folder, `${source}.as`), 'utf8') : null;
    },
    writeFile: (_name, contents) => {
      binary = contents;
    },
    listFiles: () => [],
  });
  if (error || binary === null)
    throw new Error(`${SOURCES.join(', ')} do not compile.\n${messages.toString()}`);
  return binary;
}

if (process.argv[1] === fileURLToPath(import.meta.url)) writeFileSync(modulePath, await compiledModule());
