import { DEFAULT_PREFIX } from '../../../src-shared/domain/connection-profile.ts';
import { SCRIPT_NAME } from '../../../src-shared/domain/scan-dispatch.ts';
import { AGENT_SCRIPT, byHandLines } from '../../kes/agent-script/agent-script.ts';
import type { CommandContext } from '../context.ts';

/** For agents that are not reached over SSH. */
export function printAgentScript({ terminal }: CommandContext): void {
  const lines = byHandLines(DEFAULT_PREFIX, 'wazuh');
  if (terminal.isJson) return terminal.json({ name: SCRIPT_NAME, script: AGENT_SCRIPT, lines });
  terminal.data(AGENT_SCRIPT.trimEnd());
  terminal.note(`Save it as ${SCRIPT_NAME} on the agent, then run there as root (group ossec before 4.3):`);
  for (const line of lines) terminal.note(`  ${line}`);
}
