import type { Command } from 'commander';
import { collectHostKey } from '../connections/fingerprints.ts';
import { contextOf, type GlobalOptions } from '../context.ts';
import { collectAgentId } from '../scans/scan-words.ts';

export interface AgentScriptFlags extends GlobalOptions {
  readonly agent?: readonly string[];
  readonly acceptHostKey?: readonly string[];
  readonly secretsStdin?: boolean;
}

export function addAgentScript(program: Command): void {
  const script = program
    .command('agent-script')
    .description(
      'our script on agents, which reports the results of scans as alerts: install, remove, print, rules',
    );
  for (const deed of ['install', 'remove'] as const) {
    script
      .command(deed)
      .description(deed === 'install' ? 'put it there over SSH, as root:wazuh 0750' : 'take it away over SSH')
      .option('--agent <id...>', 'these agents', collectAgentId)
      .option(
        '--accept-host-key <SHA256:...>',
        'accept an unknown host key of an agent with this fingerprint',
        collectHostKey,
      )
      .option('--secrets-stdin', 'read secrets of the connection from standard input')
      .action(async (_options: unknown, invoked: Command) => {
        const flags = invoked.optsWithGlobals<AgentScriptFlags>();
        const { changeAgentScript } = await import('../runs/run-agent-script.ts');
        await changeAgentScript(deed, flags, contextOf(flags));
      });
  }
  script
    .command('print')
    .description('the script itself on stdout, how to install it by hand on stderr')
    .action(async (_options: unknown, invoked: Command) => {
      const { printAgentScript } = await import('../runs/print-agent-script.ts');
      printAgentScript(contextOf(invoked.optsWithGlobals<GlobalOptions>()));
    });
  script
    .command('rules')
    .description('rules for the manager that give what the script reports words and levels of its own')
    .action(async (_options: unknown, invoked: Command) => {
      const { printAgentScriptRules } = await import('../runs/print-agent-script.ts');
      printAgentScriptRules(contextOf(invoked.optsWithGlobals<GlobalOptions>()));
    });
}
