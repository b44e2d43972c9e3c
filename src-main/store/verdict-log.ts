import type { Database } from 'better-sqlite3';
import { isFlip } from '../../src-shared/domain/outcome.ts';
import { utcDayKey } from '../../src-shared/domain/quota.ts';
import { NO_TRIAGE, SOURCE_CODE, STANDING_CODE, TRIAGE_CODE, standingFromCode } from './codes.ts';
import { speaksForOneAgent, type CurrentVerdict, type FileRecord, type Speaker } from './file-record.ts';
import { speakerOf } from './file-rows.ts';
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
  /** Whom a manager's verdict is about; null for lookups. */
  readonly speaker: Speaker | null;
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
 * The versions of each file's verdict, and which of them is current: of those that prevail the one judged last, so that
 * what a manager said in an old alert never overrides a newer lookup. What a manager called harmless is current only
 * while nobody but the agent it spoke of has reported the file; else the file has no verdict yet.
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
    const id = this.#insert(file.id, verdict);
    if (id === null) return false;
    this.#tally.addToDay(utcDayKey(verdict.judgedMs), DAY_TALLY_OF[verdict.standing] ?? 'clean', 1);
    const version = { ...verdict, id };
    const before = file.verdict;
    if (speaksForOneAgent(version) && isOnlyHarmless(file)) {
      const isNewest = before === null || version.judgedMs >= before.judgedMs;
      if (isNewest && this.#speaksFor(file, version)) makeCurrent(file, version, false);
    } else if (before && !isOnlyHarmless(file) && version.judgedMs >= before.judgedMs) {
      if (prevails(version, before)) this.#follow(file, before, version);
    } else this.recompute(file);
    return true;
  }

  /**
   * Works out flips and the current verdict from all versions: after a join, when somebody else reported the file, or
   * when one arrived that changes more than the end.
   */
  recompute(file: FileRecord): void {
    const before = file.verdict;
    const versions = this.#statements.versions.all(file.id).map(versionFromRow);
    let current: CurrentVerdict | null = null;
    let turned = false;
    for (const version of versions) {
      const turns = isTurn(current?.standing ?? null, version.standing);
      if (turns !== version.turned) this.#statements.setTurned.run(Number(turns), version.id);
      if (current && !prevails(version, current)) continue;
      turned = version.standing === STANDING_CODE.malicious && (turns || turned);
      current = version;
    }
    if (current && speaksForOneAgent(current)) {
      current = versions.findLast((version) => this.#speaksFor(file, version)) ?? null;
    }
    file.verdict = current && currentOf(current);
    file.turned = turned;
    file.triage = triageAfter(file.triage, current, current?.id !== before?.id && turned);
  }

  /** The usual case: no version before this one changes. */
  #follow(file: FileRecord, before: CurrentVerdict, version: CurrentVerdict): void {
    const turns = isTurn(before.standing, version.standing);
    if (turns) this.#statements.setTurned.run(1, version.id);
    makeCurrent(file, version, turns);
  }

  /** All its events, if there are any, come from the agent that was spoken of. */
  #speaksFor(
    { id, events, agents, managerId }: FileRecord,
    { speaker }: Pick<NewVerdict, 'speaker'>,
  ): boolean {
    if (events === 0) return true;
    if (!speaker || agents !== 1 || managerId !== speaker.managerId) return false;
    return this.#statements.reporter.get(id) === speaker.agentId;
  }

  /** Not a flip as far as is known: `recompute` finds those. */
  #insert(fileId: number, verdict: NewVerdict): number | null {
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
      verdict.speaker?.managerId ?? null,
      verdict.speaker?.agentId ?? null,
      verdict.alert?.sec ?? null,
      verdict.alert?.off ?? null,
      verdict.alert?.fingerprint ?? null,
    );
    return changes === 0 ? null : Number(lastInsertRowid);
  }
}

/** Nobody has called it anything but harmless yet, and only managers have. */
function isOnlyHarmless({ verdict }: FileRecord): boolean {
  return verdict === null || speaksForOneAgent(verdict);
}

function makeCurrent(file: FileRecord, verdict: CurrentVerdict, turns: boolean): void {
  file.turned = verdict.standing === STANDING_CODE.malicious && (turns || file.turned);
  file.verdict = currentOf(verdict);
  file.triage = triageAfter(file.triage, file.verdict, turns);
}

function currentOf(verdict: CurrentVerdict): CurrentVerdict {
  const { id, standing, positives, suspicious, total, judgedMs, source, speaker } = verdict;
  return { id, standing, positives, suspicious, total, judgedMs, source, speaker };
}

/**
 * Whether a version takes the place of the one judged before it. A lookup does; a manager's alarm does, unless a lookup has
 * raised it already; a manager's harmless word only follows another one: nothing an agent can write makes a file look
 * better.
 */
function prevails(version: CurrentVerdict, before: CurrentVerdict): boolean {
  if (version.source !== SOURCE_CODE.manager) return true;
  if (speaksForOneAgent(version)) return speaksForOneAgent(before);
  return before.source === SOURCE_CODE.manager || before.standing !== STANDING_CODE.malicious;
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

interface VersionRow extends Omit<CurrentVerdict, 'speaker'> {
  readonly managerId: number | null;
  readonly agentId: number | null;
  readonly turned: number;
}

function versionFromRow({ managerId, agentId, turned, ...version }: VersionRow) {
  return { ...version, speaker: speakerOf(managerId, agentId), turned: turned === 1 };
}

type Bound = number | bigint | string | Uint8Array | null;

function prepareStatements(db: Database) {
  return {
    insert: db.prepare<Bound[]>(
      `INSERT INTO verdict (file_id, standing, positives, suspicious, total, source, judged_ms, scan_date, permalink,
         report, turned, manager_id, agent_id, alert_sec, alert_off, fingerprint)
       VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, 0, ?, ?, ?, ?, ?) ON CONFLICT DO NOTHING`,
    ),
    versions: db.prepare<[number], VersionRow>(
      `SELECT id, standing, positives, suspicious, total, judged_ms AS judgedMs, source, manager_id AS managerId,
         agent_id AS agentId, turned
       FROM verdict WHERE file_id = ? ORDER BY judged_ms, id`,
    ),
    reporter: db.prepare<[number], number>('SELECT agent_id FROM event WHERE file_id = ? LIMIT 1').pluck(),
    setTurned: db.prepare<[number, number]>('UPDATE verdict SET turned = ? WHERE id = ?'),
  };
}
