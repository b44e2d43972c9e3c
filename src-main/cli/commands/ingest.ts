import { type Command, Option } from 'commander';
import type { AlertFormat } from '../../../src-shared/domain/alert.ts';
import { contextOf, type GlobalOptions } from '../context.ts';

export interface IngestFlags extends GlobalOptions {
  readonly format: AlertFormat | 'auto';
  readonly follow?: boolean;
  readonly lookup?: boolean;
  readonly secretsStdin?: boolean;
}

export function addIngest(program: Command): void {
  program
    .command('ingest')
    .description('read alerts into the store and queue the hashes of their FIM events')
    .argument('[file...]', 'alerts.json or alerts.log, also .gz; - for standard input')
    .addOption(
      new Option('--format <form>', 'form of the alerts').choices(['auto', 'json', 'log']).default('auto'),
    )
    .option(
      '--follow',
      'go on reading as the files grow, until Ctrl-C; takes up where it ended last time. Without a file: the alerts of the connection that --profile names, over its own channel',
    )
    .option(
      '--lookup',
      'also look the queued hashes up, within the quota; what VirusTotal is still analysing stays queued (exit code 1)',
    )
    .option('--secrets-stdin', 'read secrets of the connection that --profile names from standard input')
    .action(async (files: readonly string[], _options: unknown, invoked: Command) => {
      const flags = invoked.optsWithGlobals<IngestFlags>();
      if (files.length === 0) {
        requireConnection(flags, invoked);
        const { followConnection } = await import('../runs/follow-connection.ts');
        return followConnection(flags, contextOf(flags));
      }
      const { beginReading } = await import('../runs/begin-reading.ts');
      const thread = beginReading(files, flags);
      const { runIngest } = await import('../runs/run-ingest.ts');
      await runIngest(files, flags, contextOf(flags), thread);
    });
}

/** Without a file only a connection can be followed; which of its files that is, its profile says. */
function requireConnection({ follow, profile }: IngestFlags, invoked: Command): void {
  if (!follow || profile === undefined) invoked.error("error: missing required argument 'file'");
  if (invoked.getOptionValueSource('format') === 'cli') {
    invoked.error('error: --format belongs to files: a connection has the form of its alerts in its profile');
  }
}
