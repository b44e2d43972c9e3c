import { once } from 'node:events';
import { join } from 'node:path';
import type { Command } from 'commander';
import { defaultDataFolder } from '../../app/data-folder.ts';
import { contextOf, type GlobalOptions } from '../context.ts';
import { parsePort, parseSpeed, parseWholeNumber } from '../options.ts';

interface LabFlags extends GlobalOptions {
  readonly seed: number;
  readonly speed: number;
  readonly days: number;
  readonly virustotalPort?: number;
  readonly sshPort?: number;
  readonly apiPort?: number;
  readonly controlPort?: number;
  readonly agents?: number;
}

export function addLab(program: Command): void {
  program
    .command('lab')
    .description('run the simulated manager and VirusTotal alone and print their addresses; Ctrl-C ends it')
    .option('--seed <n>', 'another world', parseWholeNumber, 1)
    .option('--speed <n>', 'simulated seconds a real second', parseSpeed, 1)
    .option('--days <n>', 'days of history that a new lab begins with', parseWholeNumber, 14)
    .option('--virustotal-port <n>', 'a fixed port for VirusTotal', parsePort)
    .option('--ssh-port <n>', 'a fixed port for the manager’s SSH', parsePort)
    .option('--api-port <n>', 'a fixed port for the manager’s API', parsePort)
    .option('--agents <n>', 'enrolled agents, when there shall be more than 14', parseWholeNumber)
    .option('--control-port <n>', 'a fixed port for the levers', parsePort)
    .action(async (_options: unknown, invoked: Command) => {
      const flags = invoked.optsWithGlobals<LabFlags>();
      const { terminal, signal } = contextOf(flags);
      const [{ startLab }, { describeLab }, { AGENT_SCRIPT }] = await Promise.all([
        import('../../lab/lab.ts'),
        import('../../lab/describe-lab.ts'),
        import('../../kes/agent-script/agent-script.ts'),
      ]);
      const lab = await startLab({
        folder: flags.data ?? join(defaultDataFolder(true), 'world'),
        seed: flags.seed,
        speed: flags.speed,
        historyDays: flags.days,
        agentScript: AGENT_SCRIPT,
        ...(flags.agents === undefined ? {} : { agents: flags.agents }),
        ports: {
          virustotal: flags.virustotalPort ?? 0,
          ssh: flags.sshPort ?? 0,
          api: flags.apiPort ?? 0,
          control: flags.controlPort ?? 0,
        },
      });
      if (terminal.isJson) {
        const { virustotal, manager, controlUrl, folder, seed, ssh, api, agents } = lab;
        const url = `${virustotal.url}/api/v3`;
        const reached = { manager, ssh: withoutLevers(ssh), api: withoutLevers(api) };
        const machines = { user: agents.user, machines: agents.ssh() };
        const asked = { folder, seed, virustotal: { url, key: virustotal.key } };
        terminal.json({ ...asked, ...reached, agents: machines, controlUrl });
      } else {
        for (const line of describeLab(lab)) terminal.line(line);
      }
      if (!signal.aborted) await once(signal, 'abort');
      await lab.close();
    });
}

/** None of it is secret: it opens the lab and nothing else. */
function withoutLevers<Access extends { readonly control: unknown }>({
  control: _control,
  ...access
}: Access) {
  return access;
}
