import { type Command, Option } from 'commander';
import { JUDGED_STANDINGS, type JudgedStanding } from '../../../src-shared/domain/outcome.ts';
import { contextOf, type GlobalOptions } from '../context.ts';
import { parseCount, parseTime } from '../options.ts';

const FORMATS = ['table', 'json', 'csv', 'wazuh'] as const;
export type VerdictFormat = (typeof FORMATS)[number];

export interface VerdictFlags extends GlobalOptions {
  readonly outcome?: readonly JudgedStanding[];
  readonly agent?: string;
  readonly path?: string;
  /** Epoch milliseconds. */
  readonly since?: number;
  readonly until?: number;
  readonly limit?: number;
  readonly format: VerdictFormat;
}

export function addVerdicts(program: Command): void {
  program
    .command('verdicts')
    .description('stored verdicts, newest activity first; works offline and beside a running window')
    .addOption(new Option('--outcome <outcome...>', 'only these').choices(JUDGED_STANDINGS))
    .option('--agent <name>', 'only files that this agent reported')
    .option('--path <text>', 'only files whose path holds this text')
    .option(
      '--since <time>',
      'only activity since (2026-11-21, an ISO time, or back from now: 24h, 7d)',
      parseTime,
    )
    .option('--until <time>', 'only activity before', parseTime)
    .option('--limit <n>', 'at most so many', parseCount)
    .addOption(
      new Option('--format <format>', 'wazuh: the event of Wazuh’s own integration, one a line')
        .choices(FORMATS)
        .default('table'),
    )
    .action(async (_options: unknown, invoked: Command) => {
      const flags = invoked.optsWithGlobals<VerdictFlags>();
      const { runVerdicts } = await import('../runs/run-verdicts.ts');
      await runVerdicts(flags, contextOf(flags));
    });
}
