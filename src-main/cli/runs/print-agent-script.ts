import { DEFAULT_PREFIX } from '../../../src-shared/domain/connection-profile.ts';
import { agentScriptRules } from '../../../src-shared/formats/agent-script-rules.ts';
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

/** For the manager: its own words and levels for what the script reports. */
export function printAgentScriptRules({ terminal }: CommandContext): void {
  const rules = agentScriptRules();
  if (terminal.isJson) return terminal.json({ rules });
  terminal.data(rules.trimEnd());
  terminal.note(
    'Add them to etc/rules/local_rules.xml on the manager, check them with wazuh-logtest, and restart it. They are not needed: without them the reports raise rule 657.',
  );
}
