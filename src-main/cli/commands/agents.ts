import { type Command, Option } from 'commander';
import { AGENT_STATUSES, type AgentStatus } from '../../../src-shared/domain/agent.ts';
import { contextOf, type GlobalOptions } from '../context.ts';

export interface AgentsFlags extends GlobalOptions {
  readonly status?: readonly AgentStatus[];
  readonly refresh?: boolean;
  readonly secretsStdin?: boolean;
}

export function addAgents(program: Command): void {
  program
    .command('agents')
    .description(
      'agents of the managers, as they and the alerts tell; works offline and beside a running window',
    )
    .addOption(new Option('--status <status...>', 'only these').choices(AGENT_STATUSES))
    .option('--refresh', 'ask the managers first')
    .option('--secrets-stdin', 'read secrets of the connection that --profile names from standard input')
    .action(async (_options: unknown, invoked: Command) => {
      const flags = invoked.optsWithGlobals<AgentsFlags>();
      const { runAgents } = await import('../runs/run-agents.ts');
      await runAgents(flags, contextOf(flags));
    });
}
