import type { ReadCounts } from '../../src-shared/domain/counts.ts';
import type { AlertBatch, AlertJournal, Position } from '../alerts/alert-journal.ts';

/** The store's journal, telling of each batch once it is durable. */
export class ObservedJournal implements AlertJournal {
  readonly #journal: AlertJournal;
  readonly #committed: (counts: ReadCounts) => void;

  constructor(journal: AlertJournal, committed: (counts: ReadCounts) => void) {
    this.#journal = journal;
    this.#committed = committed;
  }

  position(sourceId: number): Position | null {
    return this.#journal.position(sourceId);
  }

  proof(sourceId: number): string | null {
    return this.#journal.proof?.(sourceId) ?? null;
  }

  commit(batch: AlertBatch, nowMs: number): ReadCounts {
    const counts = this.#journal.commit(batch, nowMs);
    this.#committed(counts);
    return counts;
  }
}
