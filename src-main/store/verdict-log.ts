import type { Database } from 'better-sqlite3';
import { isFlip } from '../../src-shared/domain/outcome.ts';
import { utcDayKey } from '../../src-shared/domain/quota.ts';
import { NO_TRIAGE, STANDING_CODE, TRIAGE_CODE, standingFromCode } from './codes.ts';
import type { CurrentVerdict, FileRecord } from './file-record.ts';
import type { DayTallyName, Tally } from './tally.ts';

/** One more thing said about a file. Codes as in `codes.ts`, times epoch milliseconds. */
export interface NewVerdict {
  readonly standing: number;
  readonly positives: number | null;
  readonly suspicious: number | null;
  readonly total: number | null;
  readonly source: number;
  readonly judgedMs: number;
  readonly scanDate: string | null;
  readonly permalink: string | null;
  /** The FileReport as JSON, zstd. */
  readonly report: Uint8Array | null;
  /** Of the manager's alert that said it: known ones are not added twice. */
  readonly alert: { readonly sec: number; readonly off: number; readonly fingerprint: bigint } | null;
}

const DAY_TALLY_OF: Readonly<Record<number, DayTallyName>> = {
  [STANDING_CODE.malicious]: 'malicious',
  [STANDING_CODE.suspicious]: 'suspicious',
  [STANDING_CODE['no-records']]: 'no_records',
  [STANDING_CODE.clean]: 'clean',
};

/**
 * The versions of each file's verdict. The one judged last is the file's current verdict: what the manager said in an
 * old alert never overrides a newer lookup.
 */
export class VerdictLog {
  readonly #statements: ReturnType<typeof prepareStatements>;
  readonly #tally: Tally;

  constructor(db: Database, tally: Tally) {
    this.#statements = prepareStatements(db);
    this.#tally = tally;
  }

  /** Adds a version and brings the file (opened for editing) up to date. False when that alert was known. */
  append(file: FileRecord, verdict: NewVerdict): boolean {
    const before = file.verdict;
    const isNewest = before === null || verdict.judgedMs >= before.judgedMs;
    const turned = isNewest && isTurn(before?.standing ?? null, verdict.standing);
    const id = this.#insert(file.id, verdict, turned);
    if (id === null) return false;
    this.#tally.addToDay(utcDayKey(verdict.judgedMs), DAY_TALLY_OF[verdict.standing] ?? 'clean', 1);
    if (isNewest) makeCurrent(file, { ...verdict, id }, turned);
    else this.recompute(file);
    return true;
  }

  /** Works out flips and the current verdict from all versions: after a join, or when one arrived late. */
  recompute(file: FileRecord): void {
    const before = file.verdict;
    let current: CurrentVerdict | null = null;
    let turned = false;
    for (const version of this.#statements.versions.all(file.id)) {
      const turns = isTurn(current?.standing ?? null, version.standing);
      if (turns !== (version.turned === 1)) this.#statements.setTurned.run(Number(turns), version.id);
      turned = version.standing === STANDING_CODE.malicious && (turns || turned);
      current = version;
    }
    file.verdict = current;
    file.turned = turned;
    file.triage = triageAfter(file.triage, current, current?.id !== before?.id && turned);
  }

  #insert(fileId: number, verdict: NewVerdict, turned: boolean): number | null {
    const { changes, lastInsertRowid } = this.#statements.insert.run(
      fileId,
      verdict.standing,
      verdict.positives,
      verdict.suspicious,
      verdict.total,
      verdict.source,
      verdict.judgedMs,
      verdict.scanDate,
      verdict.permalink,
      verdict.report,
      Number(turned),
      verdict.alert?.sec ?? null,
      verdict.alert?.off ?? null,
      verdict.alert?.fingerprint ?? null,
    );
    return changes === 0 ? null : Number(lastInsertRowid);
  }
}

function makeCurrent(file: FileRecord, verdict: CurrentVerdict, turns: boolean): void {
  file.turned = verdict.standing === STANDING_CODE.malicious && (turns || file.turned);
  file.verdict = {
    id: verdict.id,
    standing: verdict.standing,
    positives: verdict.positives,
    suspicious: verdict.suspicious,
    total: verdict.total,
    judgedMs: verdict.judgedMs,
  };
  file.triage = triageAfter(file.triage, file.verdict, turns);
}

/** Malicious and suspicious files are to be looked at; a flip opens a settled one again. */
function triageAfter(triage: number, verdict: CurrentVerdict | null, turns: boolean): number {
  const concerns =
    verdict?.standing === STANDING_CODE.malicious || verdict?.standing === STANDING_CODE.suspicious;
  if (!concerns) return NO_TRIAGE;
  return turns || triage === NO_TRIAGE ? TRIAGE_CODE.new : triage;
}

function isTurn(before: number | null, after: number): boolean {
  const standing = standingFromCode(after);
  return standing !== null && isFlip(before === null ? null : standingFromCode(before), standing);
}

interface VersionRow extends CurrentVerdict {
  readonly turned: number;
}

type Bound = number | bigint | string | Uint8Array | null;

function prepareStatements(db: Database) {
  return {
    insert: db.prepare<Bound[]>(
      `INSERT INTO verdict (file_id, standing, positives, suspicious, total, source, judged_ms, scan_date, permalink,
         report, turned, alert_sec, alert_off, fingerprint)
       VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?) ON CONFLICT DO NOTHING`,
    ),
    versions: db.prepare<[number], VersionRow>(
      `SELECT id, standing, positives, suspicious, total, judged_ms AS judgedMs, turned
       FROM verdict WHERE file_id = ? ORDER BY judged_ms, id`,
    ),
    setTurned: db.prepare<[number, number]>('UPDATE verdict SET turned = ? WHERE id = ?'),
  };
}
