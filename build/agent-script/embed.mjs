// Puts verdict-desk-kes.sh into script-module.ts beside it. Run after every change of the script: a unit test embeds it
// again and compares, so the two cannot drift apart.
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const folder = fileURLToPath(new URL('../../src-main/kes/agent-script/', import.meta.url));
export const modulePath = join(folder, 'script-module.ts');

/** The text of script-module.ts. */
export function embeddedScript() {
  const base64 = readFileSync(join(folder, 'verdict-desk-kes.sh')).toString('base64');
  const lines = base64.match(/.{1,100}/g) ?? [];
  return [
    '/** verdict-desk-kes.sh beside this file, embedded by build/agent-script/embed.mjs. Not edited by hand. */',
    'export const SCRIPT_MODULE = [',
    ...lines.map((line) => `  '${line}',`),
    "].join('');",
    '',
  ].join('\n');
}

if (process.argv[1] === fileURLToPath(import.meta.url)) writeFileSync(modulePath, embeddedScript());
