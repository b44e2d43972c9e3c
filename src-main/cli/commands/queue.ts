import type { Command } from 'commander';
import { contextOf, type GlobalOptions } from '../context.ts';

interface QueueFlags extends GlobalOptions {
  readonly wait?: boolean;
}

export function addQueue(program: Command): void {
  program
    .command('queue')
    .description('show what waits for a lookup, the quota and when the queue is clear')
    .option('--wait', 'work the queue off within the quota and return when it is empty')
    .action(async (_options: unknown, invoked: Command) => {
      const flags = invoked.optsWithGlobals<QueueFlags>();
      const context = contextOf(flags);
      const { showQueue, waitForQueue } = await import('../runs/run-queue.ts');
      await (flags.wait ? waitForQueue(context) : showQueue(context));
    });
}
