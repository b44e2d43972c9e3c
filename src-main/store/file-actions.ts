import type { FileHash } from '../../src-shared/domain/file-hash.ts';
import { isEmptyFile, NO_HASHES } from '../../src-shared/domain/file-hash.ts';
import { LOOKUP_PRIORITY } from '../../src-shared/domain/lookup-priority.ts';
import { DomainError } from '../../src-shared/errors/domain-error.ts';
import type { TriageState } from '../../src-shared/ipc/detections.ts';
import { EXCLUDED, MALFORMED_DISMISSED, NO_TRIAGE, SOURCE_CODE, TRIAGE_CODE } from './codes.ts';
import type { FileRecord } from './file-record.ts';
import type { WriteSession } from './write-session.ts';

/** What a person does about one file. */
export class FileActions {
  readonly #session: WriteSession;
  readonly #clock: { now(): number };
  readonly #statements: ReturnType<typeof prepareStatements>;

  constructor(session: WriteSession, clock: { now(): number }) {
    this.#session = session;
    this.#clock = clock;
    this.#statements = prepareStatements(session);
  }

  /**
   * Puts a file at the head of the queue, as a re-check when it is judged. Errors: `lookup.excluded`,
   * `lookup.empty-file`, `store.no-such-file`.
   */
  askNow(fileId: number): void {
    this.#session.run(() => this.#ask(this.#edit(fileId)));
  }

  /**
   * A digest a person typed. Known and looked up: nothing is asked. Otherwise it is queued at the head, as a file without
   * events when it was never seen: the ledger counts events only. Errors: `lookup.excluded`,
   * `lookup.empty-file`.
   */
  askHash({ algorithm, hex }: FileHash): { readonly fileId: number } {
    return this.#session.run(() => {
      const { identity } = this.#session;
      const found =
        identity.find(algorithm, hex) ??
        identity.resolve({ ...NO_HASHES, [algorithm]: hex }, this.#clock.now());
      const file = this.#edit(found.id);
      // What a manager said was said of an agent's file, not of this one.
      if (!file.verdict || file.verdict.source === SOURCE_CODE.manager) this.#ask(file);
      return { fileId: file.id };
    });
  }

  /** A note of null leaves the note as it is. */
  triage(fileId: number, state: TriageState, note: string | null): void {
    this.#session.run(() => {
      const file = this.#edit(fileId);
      if (file.triage !== NO_TRIAGE) file.triage = TRIAGE_CODE[state];
      this.#statements.note.run({ fileId: file.id, note, nowMs: this.#clock.now() });
    });
  }

  /** Malformed lines have been seen: those found so far are not listed any more. */
  dismissMalformed(): void {
    this.#session.run(() => {
      const open = this.#statements.malformed.get() ?? 0;
      this.#session.tally.add('malformed', -open);
      this.#statements.dismiss.run();
    });
  }

  #ask(file: FileRecord): void {
    if (isEmptyFile(file.hashes)) throw empty();
    if (this.#session.exclusions.forbids(file.hashes) || this.#isExcluded(file)) throw excluded();
    file.queue = {
      priority: LOOKUP_PRIORITY.asked,
      queuedMs: file.queue?.queuedMs ?? this.#clock.now(),
      dueMs: 0,
      attempts: file.queue?.attempts ?? 0,
      lastOutcome: file.queue?.lastOutcome ?? null,
      lastMessage: file.queue?.lastMessage ?? null,
    };
  }

  /** Its events are all kept back, some of them by a rule about privacy. */
  #isExcluded({ id, lookable, events }: FileRecord): boolean {
    return lookable === 0 && events > 0 && this.#statements.excludedEvent.get(id) !== undefined;
  }

  #edit(fileId: number): FileRecord {
    const file = this.#session.files.edit(fileId);
    if (file) return file;
    throw new DomainError(
      'store.no-such-file',
      'This file is not in the store any more.',
      'Reload the list and choose it again.',
    );
  }
}

function excluded(): DomainError {
  return new DomainError(
    'lookup.excluded',
    'An exclusion of yours keeps the hash of this file on this machine.',
    'Remove that exclusion in Settings first, if VirusTotal may see the hash.',
  );
}

function empty(): DomainError {
  return new DomainError(
    'lookup.empty-file',
    'This is the hash of an empty file: there is nothing in it to judge, and asking would cost a lookup.',
    'Nothing needs to be done.',
  );
}

function prepareStatements({ db }: WriteSession) {
  return {
    malformed: db.prepare<[], number>(`SELECT value FROM tally WHERE name = 'malformed'`).pluck(),
    dismiss: db.prepare(
      `INSERT OR REPLACE INTO setting (name, value)
       SELECT '${MALFORMED_DISMISSED}', coalesce(max(id), 0) FROM malformed_line`,
    ),
    excludedEvent: db
      .prepare<[number], number>(
        `SELECT 1 FROM event WHERE file_id = ? AND disposition = ${EXCLUDED} LIMIT 1`,
      )
      .pluck(),
    note: db.prepare<{ fileId: number; note: string | null; nowMs: number }>(
      `INSERT INTO triage_note (file_id, note, triaged_ms) VALUES (@fileId, coalesce(@note, ''), @nowMs)
       ON CONFLICT (file_id) DO UPDATE SET note = coalesce(@note, note), triaged_ms = @nowMs`,
    ),
  };
}
