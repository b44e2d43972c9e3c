import type { Command } from 'commander';
import { contextOf, type GlobalOptions } from '../context.ts';

interface LookupFlags extends GlobalOptions {
  readonly file?: readonly string[];
}

export function addLookup(program: Command): void {
  program
    .command('lookup')
    .description('verdicts now: from the store, else from VirusTotal within the quota')
    .argument('[hash...]', 'MD5, SHA-1 or SHA-256')
    .option('--file <path...>', 'files of this machine: only their SHA-256 leaves it')
    .action(async (hashes: readonly string[], _options: unknown, invoked: Command) => {
      const flags = invoked.optsWithGlobals<LookupFlags>();
      const { runLookup } = await import('../runs/run-lookup.ts');
      await runLookup(hashes, flags.file ?? [], contextOf(flags));
    });
}
