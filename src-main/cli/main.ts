import { Command, CommanderError } from 'commander';
import { VERSION } from '../app/version.ts';
import { visibleLines } from '../../src-shared/formats/visible-text.ts';
import { DomainError } from '../../src-shared/errors/domain-error.ts';
import { addAgentAccess } from './commands/agent-access.ts';
import { addAgentScript } from './commands/agent-script.ts';
import { addAgents } from './commands/agents.ts';
import { addAudit } from './commands/audit.ts';
import { addDoctor } from './commands/doctor.ts';
import { addIngest } from './commands/ingest.ts';
import { addLab } from './commands/lab.ts';
import { addLedger } from './commands/ledger.ts';
import { addLookup } from './commands/lookup.ts';
import { addOpen } from './commands/open.ts';
import { addProfile } from './commands/profile.ts';
import { addQueue } from './commands/queue.ts';
import { addScan } from './commands/scan.ts';
import { addScans } from './commands/scans.ts';
import { addServe } from './commands/serve.ts';
import { addVerdicts } from './commands/verdicts.ts';
import { Terminal } from './terminal.ts';

/** Exit codes: 0 done, 1 failed, 2 the call's words were off. */
const EXIT = { done: 0, failed: 1, usage: 2 } as const;

export function buildProgram(): Command {
  const program = new Command('verdict-desk')
    .description('A VirusTotal verdict for every file that Wazuh reports, and none forgotten.')
    .version(VERSION, '-V, --version', 'print the version')
    .option('--data <dir>', 'data folder (default: VERDICT_DESK_DATA, else the platform’s)')
    .option(
      '--profile <name>',
      'connection; for files, the name their alerts are kept under (default: local)',
    )
    .option('--json', 'one JSON document on stdout, everything else on stderr')
    .configureHelp({ showGlobalOptions: true })
    // It repeats the words of the call, which may come from a file's name.
    .configureOutput({ writeErr: (text) => process.stderr.write(visibleLines(text)) })
    .helpCommand('help [command]', 'explain a command')
    .showHelpAfterError('Run it with --help to see what it takes.')
    .exitOverride();
  const adders = [
    addOpen,
    addServe,
    addProfile,
    addDoctor,
    addAgents,
    addScan,
    addScans,
    addAudit,
    addAgentAccess,
    addAgentScript,
    addIngest,
    addLookup,
    addQueue,
    addVerdicts,
    addLedger,
    addLab,
  ];
  for (const add of adders) add(program);
  for (const command of program.commands) command.exitOverride().configureHelp({ showGlobalOptions: true });
  return program;
}

export async function runCommandLine(argv: readonly string[]): Promise<number> {
  try {
    await buildProgram().parseAsync(argv, { from: 'user' });
    return Number(process.exitCode ?? EXIT.done);
  } catch (error) {
    if (error instanceof CommanderError) return error.exitCode === 0 ? EXIT.done : EXIT.usage;
    new Terminal(false).failure(error);
    return error instanceof DomainError && error.code.startsWith('usage.') ? EXIT.usage : EXIT.failed;
  }
}

// A reader that goes away (`… | head`) is a normal end, not a crash.
process.stdout.on('error', (error: NodeJS.ErrnoException) => process.exit(error.code === 'EPIPE' ? 0 : 1));
process.exitCode = await runCommandLine(process.argv.slice(2));
