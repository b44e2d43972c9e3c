import type { Database } from 'better-sqlite3';
import { DomainError } from '../../../src-shared/errors/domain-error.ts';
import type { DetectionPage, DetectionSort } from '../../../src-shared/ipc/detections.ts';
import { STANDING_CODE } from '../codes.ts';
import { readDetectionRows } from './detection-rows.ts';
import { planFilter, type FileFilter, type FilterPlan } from './file-filter.ts';
import { statement, type Bound } from './statements.ts';

export interface ListRequest {
  readonly filter: FileFilter;
  readonly sort: DetectionSort;
  readonly direction: 'ascending' | 'descending';
  /** From the page before; null = from the start. */
  readonly cursor: string | null;
  readonly limit: number;
}

/** One page by key, never by offset. Errors: `detections.bad-cursor`. */
export function listFiles(db: Database, request: ListRequest): DetectionPage {
  const { limit, sort } = request;
  const keys = listKeys(db, request, planFilter(db, request.filter));
  const page = keys.slice(0, limit);
  const last = keys.length > limit ? page.at(-1) : undefined;
  const rows = readDetectionRows(
    db,
    page.map(({ id }) => id),
  );
  return { rows, nextCursor: last ? printCursor(sort, last) : null };
}

/** What a row is ordered by. `rank` is 0 throughout when the order is by activity. */
interface Key {
  readonly rank: number;
  readonly activity: number;
  readonly id: number;
}

/** One more than the limit, so that the caller knows whether there is a next page. */
function listKeys(db: Database, request: ListRequest, plan: FilterPlan): readonly Key[] {
  const after = request.cursor === null ? null : parseCursor(request.sort, request.cursor);
  const keys = armsOf(plan).flatMap((arm) => readArm(db, request, plan, arm, after));
  const sign = request.direction === 'descending' ? -1 : 1;
  keys.sort((a, b) => sign * (a.rank - b.rank || a.activity - b.activity || a.id - b.id));
  return keys.slice(0, request.limit + 1);
}

/** One ordered walk over an index; the walks of several standings are merged. */
export interface Arm {
  readonly sql: string;
  readonly bound: readonly Bound[];
  /** The one standing it walks; null for several. */
  readonly standing: number | null;
}

export function armsOf(plan: FilterPlan): readonly Arm[] {
  if (plan.standings.length === 0) return [];
  const standings = `file.standing IN (${plan.standings.join(', ')})`;
  if (plan.candidates !== null) {
    const sql = `file.id IN (SELECT value FROM json_each(?)) AND ${standings}`;
    return [
      {
        sql: plan.mark ? `${sql} AND file.${plan.mark} = 1` : sql,
        bound: [JSON.stringify(plan.candidates)],
        standing: null,
      },
    ];
  }
  // The unary plus keeps the small partial index of the mark in charge.
  if (plan.mark) return [{ sql: `file.${plan.mark} = 1 AND +${standings}`, bound: [], standing: null }];
  return plan.standings.map((standing) => ({
    sql: `file.standing = ${standing} AND file.standing > 0`,
    bound: [],
    standing,
  }));
}

function readArm(db: Database, request: ListRequest, plan: FilterPlan, arm: Arm, after: Key | null): Key[] {
  const rank = rankOf(request.sort, arm);
  const start = startAfter(rank, request.direction, after);
  if (start === 'passed') return [];
  const order = request.direction === 'descending' ? 'DESC' : 'ASC';
  const conditions = [arm.sql, ...plan.conditions.map(({ sql }) => sql), ...(start ? [start.sql] : [])];
  const rankOrder = rank.isConstant ? '' : `${rank.sql} ${order}, `;
  return statement<Key>(
    db,
    `SELECT ${rank.sql} AS rank, file.activity_ms AS activity, file.id FROM file
     WHERE ${conditions.join(' AND ')}
     ORDER BY ${rankOrder}file.activity_ms ${order}, file.id ${order} LIMIT ?`,
  ).all(
    ...arm.bound,
    ...plan.conditions.flatMap(({ bound }) => bound),
    ...(start ? start.bound : []),
    request.limit + 1,
  );
}

interface Rank {
  readonly sql: string;
  readonly isConstant: boolean;
  readonly value: number;
}

/** Within one standing the number of positives is the same for all but the malicious: no index is needed for those. */
function rankOf(sort: DetectionSort, { standing }: Arm): Rank {
  if (sort === 'activity') return { sql: '0', isConstant: true, value: 0 };
  if (standing === STANDING_CODE.malicious) return { sql: 'file.positives', isConstant: false, value: 0 };
  if (standing === null) return { sql: 'coalesce(file.positives, -1)', isConstant: false, value: 0 };
  const isJudged = standing === STANDING_CODE.suspicious || standing === STANDING_CODE.clean;
  const value = isJudged ? 0 : -1;
  return { sql: String(value), isConstant: true, value };
}

/** Where an arm goes on; `passed` when all of it stands before the cursor; null when none of it does. */
function startAfter(
  rank: Rank,
  direction: ListRequest['direction'],
  after: Key | null,
): { sql: string; bound: Bound[] } | 'passed' | null {
  if (!after) return null;
  const sign = direction === 'descending' ? '<' : '>';
  if (!rank.isConstant) {
    return {
      sql: `(${rank.sql}, file.activity_ms, file.id) ${sign} (?, ?, ?)`,
      bound: [after.rank, after.activity, after.id],
    };
  }
  if (rank.value === after.rank) {
    return { sql: `(file.activity_ms, file.id) ${sign} (?, ?)`, bound: [after.activity, after.id] };
  }
  const isPassed = direction === 'descending' ? rank.value > after.rank : rank.value < after.rank;
  return isPassed ? 'passed' : null;
}

function printCursor(sort: DetectionSort, { rank, activity, id }: Key): string {
  return `${sort}:${rank}:${activity}:${id}`;
}

function parseCursor(sort: DetectionSort, text: string): Key {
  const match = /^([a-z]+):(-?\d{1,15}):(\d{1,15}):(\d{1,15})$/.exec(text);
  if (match?.[1] !== sort) {
    throw new DomainError(
      'detections.bad-cursor',
      'The list was sorted differently when this page was asked for.',
      'Load the list again from its beginning.',
    );
  }
  return { rank: Number(match[2]), activity: Number(match[3]), id: Number(match[4]) };
}
