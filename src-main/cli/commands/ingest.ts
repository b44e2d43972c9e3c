import { type Command, Option } from 'commander';
import type { AlertFormat } from '../../../src-shared/domain/alert.ts';
import { contextOf, type GlobalOptions } from '../context.ts';

export interface IngestFlags extends GlobalOptions {
  readonly format: AlertFormat | 'auto';
  readonly follow?: boolean;
  readonly lookup?: boolean;
}

export function addIngest(program: Command): void {
  program
    .command('ingest')
    .description('read alerts into the store and queue the hashes of their FIM events')
    .argument('<file...>', 'alerts.json or alerts.log, also .gz; - for standard input')
    .addOption(
      new Option('--format <form>', 'form of the alerts').choices(['auto', 'json', 'log']).default('auto'),
    )
    .option('--follow', 'go on reading as the files grow, until Ctrl-C; takes up where it ended last time')
    .option(
      '--lookup',
      'also look the queued hashes up, within the quota; what VirusTotal is still analysing stays queued (exit code 1)',
    )
    .action(async (files: readonly string[], _options: unknown, invoked: Command) => {
      const flags = invoked.optsWithGlobals<IngestFlags>();
      const { runIngest } = await import('../runs/run-ingest.ts');
      await runIngest(files, flags, contextOf(flags));
    });
}
