import type { Command } from 'commander';
import { contextOf, type GlobalOptions } from '../context.ts';

export interface DoctorFlags extends GlobalOptions {
  readonly secretsStdin?: boolean;
}

export function addDoctor(program: Command): void {
  program
    .command('doctor')
    .description(
      'look at what an account may do on its manager, with the lines that would grant the rest; changes nothing. Exit code 1 when alerts cannot be read (or, without SSH, the API cannot be used)',
    )
    .option('--secrets-stdin', 'read secrets of the connection that --profile names from standard input')
    .action(async (_options: unknown, invoked: Command) => {
      const flags = invoked.optsWithGlobals<DoctorFlags>();
      const { runDoctor } = await import('../runs/run-doctor.ts');
      await runDoctor(flags, contextOf(flags));
    });
}
