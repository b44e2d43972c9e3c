import type { Database } from 'better-sqlite3';
import type { ScanEvidence } from '../../src-shared/domain/scan.ts';
import { deriveScanState, isSettled } from '../../src-shared/domain/scan-state.ts';
import { percentOf, resultOf, summarise } from '../../src-shared/domain/scan-words.ts';
import type { StoredScan } from '../kes/scan-store.ts';
import { evidenceFromRecord, scanFromRecord, type EvidenceRecord, type ScanRecord } from './scan-record.ts';
import { ScanTally } from './scan-tally.ts';
import { storableTime } from './storable.ts';
import type { WriteSession } from './write-session.ts';

/** Beyond so many pieces only what changes a scan's state is kept: an agent may write lines without end. */
const MOST_PIECES = 2_000;
const LONGEST_DETAIL = 4_000;

/** Appends evidence and derives what a scan shows from it. Its callers hold the transaction. */
export class ScanEvidenceLog {
  readonly #tally: ScanTally;
  readonly #statements: ReturnType<typeof prepareStatements>;

  constructor(session: WriteSession) {
    this.#tally = new ScanTally(session);
    this.#statements = prepareStatements(session.db);
  }

  of(scanId: number): readonly ScanEvidence[] {
    return this.#statements.of.all(scanId).flatMap((row) => evidenceFromRecord(row) ?? []);
  }

  /** Null when there is no such scan. */
  scan(scanId: number): StoredScan | null {
    const row = this.#statements.scan.get(scanId);
    return row ? scanFromRecord(row) : null;
  }

  append(scanId: number, pieces: readonly ScanEvidence[], nowMs: number): StoredScan | null {
    const before = this.scan(scanId);
    if (!before) return null;
    const known = this.of(scanId);
    const kept = this.#worthKeeping(before, known, pieces, nowMs);
    for (const piece of kept) this.#add(before, piece, nowMs);
    return this.#save(before, [...known, ...kept], kept, nowMs);
  }

  /** Derives anew what time alone may have changed. */
  review(scanId: number, nowMs: number): StoredScan | null {
    const before = this.scan(scanId);
    return before && this.#save(before, this.of(scanId), [], nowMs);
  }

  #worthKeeping(
    { kind }: StoredScan,
    known: readonly ScanEvidence[],
    pieces: readonly ScanEvidence[],
    nowMs: number,
  ): readonly ScanEvidence[] {
    if (known.length + pieces.length <= MOST_PIECES) return pieces;
    const all = [...known];
    return pieces.filter((piece) => {
      const changes = deriveScanState(kind, [...all, piece], nowMs) !== deriveScanState(kind, all, nowMs);
      if (changes || all.length < MOST_PIECES) all.push(piece);
      return all.at(-1) === piece;
    });
  }

  #add(scan: StoredScan, { what, source, time, detail, facts }: ScanEvidence, nowMs: number): void {
    this.#statements.add.run(
      scan.id,
      what,
      source,
      new Date(timeOf(time, nowMs)).toISOString(),
      detail.slice(0, LONGEST_DETAIL).toWellFormed(),
      facts && JSON.stringify(facts),
    );
    if (facts?.kind === 'detection') {
      const { path, threat, deed } = facts;
      this.#statements.addDetection.run(path, threat, deed, timeOf(time, nowMs), scan.id);
    }
  }

  #save(
    before: StoredScan,
    evidence: readonly ScanEvidence[],
    added: readonly ScanEvidence[],
    nowMs: number,
  ): StoredScan | null {
    const { id, kind } = before;
    const state = deriveScanState(kind, evidence, nowMs);
    const result = resultOf(evidence);
    const sending = added.findLast(({ what }) => what === 'sending');
    const started = added.find(({ what }) => what === 'launched');
    this.#statements.save.run({
      id,
      state,
      summary: summarise(kind, state, evidence),
      result: result && JSON.stringify(result),
      percent: percentOf(evidence),
      sentMs: sending ? timeOf(sending.time, nowMs) : null,
      launchedMs: started ? timeOf(started.time, nowMs) : null,
      endedMs: isSettled(state) ? endOf(before, added, nowMs) : null,
    });
    this.#tally.moved(before, state);
    return this.scan(id);
  }
}

/** When it settled, by the clock that saw it, yet never before it was asked for and never in the future. */
function endOf(
  { state, endedMs, askedMs }: StoredScan,
  added: readonly ScanEvidence[],
  nowMs: number,
): number {
  if (isSettled(state) && endedMs !== null) return endedMs;
  const newest = added.at(-1);
  return Math.max(askedMs, Math.min(nowMs, newest ? timeOf(newest.time, nowMs) : nowMs));
}

function timeOf(time: string, nowMs: number): number {
  return storableTime(Date.parse(time), nowMs);
}

interface SavedScan {
  readonly id: number;
  readonly state: string;
  readonly summary: string;
  readonly result: string | null;
  readonly percent: number | null;
  /** Null: as it was. */
  readonly sentMs: number | null;
  readonly launchedMs: number | null;
  readonly endedMs: number | null;
}

function prepareStatements(db: Database) {
  return {
    scan: db.prepare<[number], ScanRecord>('SELECT * FROM scan WHERE id = ?'),
    of: db.prepare<[number], EvidenceRecord>(
      'SELECT what, source, time, detail, facts FROM scan_evidence WHERE scan_id = ? ORDER BY id',
    ),
    add: db.prepare<[number, string, string, string, string, string | null]>(
      'INSERT INTO scan_evidence (scan_id, what, source, time, detail, facts) VALUES (?, ?, ?, ?, ?, ?)',
    ),
    addDetection: db.prepare<[string, string | null, string | null, number, number]>(
      `INSERT INTO kes_detection (scan_id, profile, profile_id, agent_id, agent_name, path, threat, deed, time_ms)
       SELECT id, profile, profile_id, agent_id, agent_name, ?, ?, ?, ? FROM scan WHERE id = ?`,
    ),
    save: db.prepare<[SavedScan]>(
      `UPDATE scan SET state = @state, summary = @summary, result = @result, percent = @percent,
         sent_ms = coalesce(@sentMs, sent_ms), launched_ms = coalesce(launched_ms, @launchedMs), ended_ms = @endedMs
       WHERE id = @id`,
    ),
  };
}
