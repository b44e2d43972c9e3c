import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';

const SCRIPT = resolve(import.meta.dirname, '../../src-main/kes/agent-script/verdict-desk-kes.sh');

/** Our script as it is shipped, but for where kesl-control is and how often it looks: no environment changes those. */
export function anAgentScript(keslControl: string): string {
  const shipped = readFileSync(SCRIPT, 'utf8');
  return shipped.replace(/^KESL=.*$/m, () => `KESL='${keslControl}'`).replace(/^POLL=.*$/m, 'POLL=1');
}
