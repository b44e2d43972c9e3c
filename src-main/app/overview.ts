import { ledgerSum } from '../../src-shared/domain/ledger.ts';
import type { AttentionItem, Overview } from '../../src-shared/ipc/overview.ts';
import type { CoreParts } from './core-parts.ts';

/** What the store tells, and what only the running app knows: sources in trouble, a sum that does not add up. */
export async function buildOverview(parts: CoreParts, days: number, signal?: AbortSignal): Promise<Overview> {
  const nowMs = parts.engine.clock.now();
  const overview = await parts.reader.ask('overview', { days, nowMs }, signal);
  const { fimEvents, states } = overview.ledger;
  const difference = fimEvents - ledgerSum(states);
  const mismatch: AttentionItem[] = difference === 0 ? [] : [{ kind: 'ledger-mismatch', difference }];
  const attention = [...mismatch, ...damage(parts), ...troubledSources(parts), ...overview.attention];
  return { ...overview, attention };
}

function damage({ soundness }: CoreParts): AttentionItem[] {
  const error = soundness.error;
  return error ? [{ kind: 'store-damaged', message: error.message, remedy: error.remedy }] : [];
}

function troubledSources({ sources }: CoreParts): AttentionItem[] {
  return sources
    .status()
    .flatMap(({ id, path, error }) =>
      error
        ? [{ kind: 'source', sourceId: id, path, message: error.message, remedy: error.remedy } as const]
        : [],
    );
}
