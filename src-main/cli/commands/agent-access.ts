import type { Command } from 'commander';
import type { SshAuthMethod } from '../../../src-shared/domain/connection-profile.ts';
import { parseMethods, parseSshTarget, type SshTarget } from '../connections/ssh-target.ts';
import { contextOf, type GlobalOptions } from '../context.ts';
import { parseAgentId } from '../scans/scan-words.ts';

export interface AgentAccessFlags extends GlobalOptions {
  /** Left out: the template for all agents of the connection. */
  readonly agent?: string;
  readonly ssh?: SshTarget;
  readonly identity?: string;
  readonly auth?: readonly SshAuthMethod[];
  readonly throughManager?: boolean;
  readonly sudo?: boolean;
  readonly prefix?: string;
  readonly off?: boolean;
  readonly secretsStdin?: boolean;
}

const ABOUT_TEMPLATES = `
HOST may hold {ip}, {name} and {id} of the agent: --ssh admin@{ip} reaches all of them. Without --agent it is the template
for all agents of the connection; with --agent it is that agent's own. Secrets are asked for on a terminal, or given with
--secrets-stdin as one JSON object with any of password, passphrase, sudoPassword, and kept with the other keys.`;

export function addAgentAccess(program: Command): void {
  const access = program.command('agent-access').description('how SSH reaches agents: set, show, remove');
  const set = onAgent(access.command('set').description('let scans reach agents over SSH'))
    .option('--ssh <user@host[:port]>', 'how they are reached', parseSshTarget)
    .option('--identity <file>', 'private key; else the SSH agent')
    .option(
      '--auth <method,...>',
      'agent, key, password, in this order, instead of the usual ones',
      parseMethods,
    )
    .option('--through-manager', 'the connection to the manager carries the one to the agent')
    .option('--sudo', 'use sudo: kesl-control is root’s')
    .option('--prefix <dir>', 'where the Wazuh agent is installed there (default: found by itself)')
    .option('--off', 'do not reach them')
    .option('--secrets-stdin', 'read secrets from standard input')
    .addHelpText('after', ABOUT_TEMPLATES);
  set.action(async (_options: unknown, invoked: Command) => {
    const flags = invoked.optsWithGlobals<AgentAccessFlags>();
    const { setAgentAccess } = await import('../runs/run-agent-access.ts');
    await setAgentAccess(flags, contextOf(flags));
  });
  onAgent(access.command('show').description('works beside a running window; shows no secret')).action(
    async (_options: unknown, invoked: Command) => {
      const flags = invoked.optsWithGlobals<AgentAccessFlags>();
      const { showAgentAccess } = await import('../runs/show-agent-access.ts');
      await showAgentAccess(flags, contextOf(flags));
    },
  );
  onAgent(access.command('remove').description('forget it, and the secrets it used')).action(
    async (_options: unknown, invoked: Command) => {
      const flags = invoked.optsWithGlobals<AgentAccessFlags>();
      const { removeAgentAccess } = await import('../runs/run-agent-access.ts');
      await removeAgentAccess(flags, contextOf(flags));
    },
  );
}

function onAgent(command: Command): Command {
  return command.option('--agent <id>', 'only this agent (default: all of the connection)', parseAgentId);
}
