import type { Command } from 'commander';
import { contextOf, type GlobalOptions } from '../context.ts';

interface QueueFlags extends GlobalOptions {
  readonly wait?: boolean;
}

export function addQueue(program: Command): void {
  program
    .command('queue')
    .description('show what waits for a lookup, the quota and when the queue is clear')
    .option(
      '--wait',
      'work the queue off within the quota; returns when it is empty, or with exit code 1 when only files are left that VirusTotal is still analysing or fails to answer for',
    )
    .action(async (_options: unknown, invoked: Command) => {
      const flags = invoked.optsWithGlobals<QueueFlags>();
      const context = contextOf(flags);
      const { showQueue, waitForQueue } = await import('../runs/run-queue.ts');
      await (flags.wait ? waitForQueue(context) : showQueue(context));
    });
}
