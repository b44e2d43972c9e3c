import type { ScanTotals } from '../../../src-shared/formats/kesl-output.ts';

/** `23,180 scanned, 2 detected, 1 disinfected`: what `--scan-file` counted; of the rest only what is not zero. */
export function totalsWords(totals: ScanTotals): string {
  const { scanned, detected, disinfected, removed, notDisinfected, skipped, errors } = totals;
  const rest = [
    [disinfected, 'disinfected'],
    [removed, 'removed'],
    [notDisinfected, 'not disinfected'],
    [skipped, 'skipped'],
    [errors, 'not read'],
  ] as const;
  return [
    [scanned, 'scanned'] as const,
    [detected, 'detected'] as const,
    ...rest.filter(([count]) => count > 0),
  ]
    .map(([count, what]) => `${count.toLocaleString('en-US')} ${what}`)
    .join(', ');
}
