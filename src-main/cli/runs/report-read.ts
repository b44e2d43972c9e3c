import type { ReadCounts } from '../../../src-shared/domain/counts.ts';
import type { CommandContext } from '../context.ts';

/** What `ingest --json` prints. */
interface IngestReport extends ReadCounts {
  readonly seconds: number;
}

/** What was read, on stdout. `startedAt`: of `performance.now`. */
export function reportRead(read: ReadCounts, startedAt: number, { terminal }: CommandContext): void {
  const counts: IngestReport = { ...read, seconds: Math.round(performance.now() - startedAt) / 1000 };
  if (terminal.isJson) return terminal.json(counts);
  const known = counts.known > 0 ? ` (${counts.known} of them known already)` : '';
  terminal.line(`${counts.alerts} alerts read, ${counts.bytes} bytes in ${counts.seconds} s`);
  terminal.line(`${counts.fimEvents} FIM events${known}`);
  terminal.line(
    `${counts.managerVerdicts} verdicts and ${counts.lookupFailures} failures of the manager’s own integration`,
  );
  terminal.line(`${counts.malformed} malformed lines`);
}
