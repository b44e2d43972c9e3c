import { programLine, scriptLine } from '../../alerts/response-alert.ts';
import type { AgentComputer } from '../agent-computer.ts';
import type { ProgramCall } from '../execd.ts';

/** How long the agent's daemons are down. */
const RESTART_MS = 4000;

/** `restart-wazuh`, and `restart-ossec.sh` before 4.2: the agent is away for a moment. */
export async function restartAgent(computer: AgentComputer, call: ProgramCall): Promise<void> {
  const { program } = call;
  if (call.form === 'words') computer.log(scriptLine(program, call.argv, computer.nowMs));
  else {
    computer.log(programLine(program, 'Starting', computer.nowMs));
    computer.log(programLine(program, JSON.stringify(call.document), computer.nowMs));
  }
  await computer.wait(RESTART_MS);
  if (call.form === 'json') computer.log(programLine(program, 'Ended', computer.nowMs));
}
