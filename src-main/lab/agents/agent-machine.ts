import type { LabTime } from '../lab-time.ts';
import type { Account } from '../machine/accounts.ts';
import { isRoot } from '../machine/accounts.ts';
import { MachineTree } from '../machine/machine-tree.ts';
import { Machine } from '../machine/machine.ts';
import type { OwnerRule } from '../machine/ownership.ts';
import type { Invocation, Program } from '../machine/program.ts';
import { usualPrograms } from '../machine/programs/usual.ts';
import type { AgentComputer } from './agent-computer.ts';
import { groupOf, KESL_CONTROL } from './agent-tree.ts';

/** The account of whoever looks after the agents: no member of the agent's group, but with `sudo -n`. */
export const AGENT_ACCOUNT: Account = {
  name: 'verdict',
  uid: 1001,
  groups: ['verdict'],
  home: '/home/verdict',
  hasShell: true,
  maySudo: true,
};

/** One agent's computer as SSH shows it: its disk, the usual programs and kesl-control. */
export function agentMachine(computer: AgentComputer, time: LabTime, password: () => string): Machine {
  const { agent, tree } = computer;
  tree.layOut();
  const group = groupOf(agent);
  const owners: readonly OwnerRule[] = [
    [/^\/var\/ossec\/(etc|logs)(\/|$)/, group, group],
    [/^\/var\/ossec(\/|$)/, 'root', group],
    [/^\/home\/verdict(\/|$)/, AGENT_ACCOUNT.name, AGENT_ACCOUNT.name],
  ];
  return new Machine({
    hostName: agent.name,
    tree: new MachineTree([{ at: '/', real: tree.folder }]),
    owners,
    accounts: [AGENT_ACCOUNT],
    sockets: new Set(),
    time,
    programs: new Map<string, Program>([
      ...usualPrograms(password),
      [KESL_CONTROL, keslControl(computer)],
      ['kesl-control', keslControl(computer)],
    ]),
  });
}

/** Root's, and that of two groups which nobody here is a member of. */
function keslControl(computer: AgentComputer): Program {
  return async (call: Invocation) => {
    const { argv, account, write, complain, signal } = call;
    if (!isRoot(account)) {
      complain('You do not have permissions to run this command');
      return 1;
    }
    const words = argv.slice(1);
    const isOpen = await computer.wait(computer.durationOf(words));
    // A client that hung up ends the program, and with it a scan that it waits for.
    if (!isOpen || signal.aborted) return 130;
    // Programs that SSH starts have the C locale forced by the channel.
    const answer = computer.kesl(words, 'C');
    if (!answer) {
      complain(`sh: 1: ${argv[0] ?? ''}: not found`);
      return 127;
    }
    await write(answer.stdout);
    return answer.exitCode;
  };
}
