import { NO_COUNTS, type ReadCounts } from '../../src-shared/domain/counts.ts';
import type {
  AlertBatch,
  AlertJournal,
  AlertRecord,
  MalformedRecord,
  Position,
  ReadingLoss,
} from '../../src-main/alerts/alert-journal.ts';

/**
 * A journal in memory with the store's promises: a batch is taken whole or not at all, and an alert that is there
 * already changes nothing. It can be told to refuse batches, as a full disk does.
 */
export class MemoryJournal implements AlertJournal {
  /** Batches as they were taken, in order. */
  readonly batches: AlertBatch[] = [];
  #positions = new Map<number, Position>();
  #proofs = new Map<number, string>();
  #known = new Set<string>();
  #refusals: Error[] = [];

  refuseNext(...errors: Error[]): void {
    this.#refusals.push(...errors);
  }

  position(sourceId: number): Position | null {
    return this.#positions.get(sourceId) ?? null;
  }

  proof(sourceId: number): string | null {
    return this.#proofs.get(sourceId) ?? null;
  }

  commit(batch: AlertBatch): ReadCounts {
    const refusal = this.#refusals.shift();
    if (refusal) throw refusal;
    const fresh = batch.records.filter((record) => !this.#known.has(keyOf(record)));
    for (const record of batch.records) this.#known.add(keyOf(record));
    if (batch.position) this.#positions.set(batch.sourceId, batch.position);
    if (batch.proof !== undefined) this.#proofs.set(batch.sourceId, batch.proof);
    this.batches.push(batch);
    const fim = batch.records.filter(({ alert }) => alert.kind === 'fim').length;
    return {
      ...NO_COUNTS,
      alerts: batch.alerts,
      fimEvents: fim,
      known: batch.records.length - fresh.length,
      malformed: batch.malformed.length,
      bytes: batch.bytes,
    };
  }

  /** Every record handed over, in order, as it was written; a record handed over twice is there twice. */
  get lines(): string[] {
    return this.batches.flatMap((batch) => batch.records.map(({ raw }) => Buffer.from(raw).toString()));
  }

  get malformed(): MalformedRecord[] {
    return this.batches.flatMap((batch) => batch.malformed);
  }

  get losses(): ReadingLoss[] {
    return this.batches.flatMap((batch) => batch.losses);
  }

  get bytes(): number {
    return this.batches.reduce((sum, batch) => sum + batch.bytes, 0);
  }
}

function keyOf({ alert }: AlertRecord): string {
  return alert.kind === 'fim'
    ? `${alert.alertId} ${alert.path} ${alert.change}`
    : `${alert.alertId} ${alert.kind}`;
}
