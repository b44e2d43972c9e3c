import type { Command } from 'commander';
import { contextOf, type GlobalOptions } from '../context.ts';
import { parseCount } from '../options.ts';

export interface AuditFlags extends GlobalOptions {
  readonly verify?: boolean;
  readonly export?: string;
  readonly limit: number;
}

export function addAudit(program: Command): void {
  program
    .command('audit')
    .description('who asked what and when on this computer, newest first; works beside a running window')
    .option('--limit <n>', 'at most so many', parseCount, 100)
    .option('--verify', 'prove the chain of hashes; exit code 1 when an entry was changed or taken away')
    .option('--export <file>', 'write all of it as JSON lines into a new file; - for standard output')
    .action(async (_options: unknown, invoked: Command) => {
      const flags = invoked.optsWithGlobals<AuditFlags>();
      if (flags.verify && flags.export !== undefined) {
        invoked.error('error: --verify and --export are two calls');
      }
      const { runAudit } = await import('../runs/run-audit.ts');
      await runAudit(flags, contextOf(flags));
    });
}
