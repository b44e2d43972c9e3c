import { type Command, Option } from 'commander';
import { SCAN_KINDS, SCAN_STATES, type ScanKind, type ScanState } from '../../../src-shared/domain/scan.ts';
import { contextOf, type GlobalOptions } from '../context.ts';
import { parseCount } from '../options.ts';
import { parseAgentId } from '../scans/scan-words.ts';

export interface ScansFlags extends GlobalOptions {
  readonly agent?: string;
  readonly kind?: readonly ScanKind[];
  readonly state?: readonly ScanState[];
  readonly order?: number;
  readonly limit: number;
  readonly evidence?: boolean;
}

export function addScans(program: Command): void {
  program
    .command('scans')
    .description(
      'scans and what was seen of them, newest first; also those that a manager launched by itself. Works offline and beside a running window',
    )
    .option('--agent <id>', 'only on this agent', parseAgentId)
    .addOption(new Option('--kind <kind...>', 'only these').choices(SCAN_KINDS))
    .addOption(new Option('--state <state...>', 'only these').choices(SCAN_STATES))
    .option('--order <id>', 'only of this order', parseCount)
    .option('--limit <n>', 'at most so many', parseCount, 100)
    .option('--evidence', 'also what was seen of each: when, where, what (--json always has it)')
    .action(async (_options: unknown, invoked: Command) => {
      const flags = invoked.optsWithGlobals<ScansFlags>();
      const { runScans } = await import('../runs/run-scans.ts');
      await runScans(flags, contextOf(flags));
    });
}
