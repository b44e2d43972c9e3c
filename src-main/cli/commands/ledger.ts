import type { Command } from 'commander';
import { contextOf, type GlobalOptions } from '../context.ts';

export function addLedger(program: Command): void {
  program
    .command('ledger')
    .description('account for every FIM event read: the states add up to the events')
    .action(async (_options: unknown, invoked: Command) => {
      const { runLedger } = await import('../runs/run-ledger.ts');
      await runLedger(contextOf(invoked.optsWithGlobals<GlobalOptions>()));
    });
}
