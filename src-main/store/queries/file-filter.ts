import type { Database } from 'better-sqlite3';
import type { DetectionFilter, View } from '../../../src-shared/ipc/detections.ts';
import { STANDINGS, type Standing } from '../../../src-shared/domain/outcome.ts';
import { STANDING_CODE } from '../codes.ts';
import { MOST_CANDIDATES, type Candidates, type Condition } from './candidates.ts';
import { statement } from './statements.ts';
import { findByText } from './text-search.ts';

/** What narrows a list of files: the window's filter, and for the command line a path of its own. */
export interface FileFilter extends DetectionFilter {
  /** Text within the path only. */
  readonly pathText?: string;
}

export const EVERYTHING: FileFilter = {
  view: 'everything',
  standings: [],
  agentName: null,
  since: null,
  until: null,
  text: '',
};

/**
 * How the files of a filter are found. Few candidates (a rare text, a small agent) are collected first and then sorted;
 * otherwise the files are walked in their order and each is tested, which finds a page soon just because many fit.
 */
export interface FilterPlan {
  /** Standing codes to show. */
  readonly standings: readonly number[];
  /** `triage = 1` or `turned = 1`: their partial indexes are small. */
  readonly mark: 'triage' | 'turned' | null;
  /** Only these files can fit; null: all. */
  readonly candidates: readonly number[] | null;
  readonly conditions: readonly Condition[];
}

const STANDINGS_OF_VIEW: Readonly<Record<View, readonly Standing[]>> = {
  everything: STANDINGS,
  malicious: ['malicious'],
  suspicious: ['suspicious'],
  'no-records': ['no-records'],
  'to-triage': ['malicious', 'suspicious'],
  turned: ['malicious'],
};

export function planFilter(db: Database, filter: FileFilter): FilterPlan {
  const conditions: Condition[] = [];
  if (filter.since !== null) {
    conditions.push({ sql: 'file.activity_ms >= ?', bound: [Date.parse(filter.since)] });
  }
  if (filter.until !== null) {
    conditions.push({ sql: 'file.activity_ms <= ?', bound: [Date.parse(filter.until)] });
  }
  let candidates: ReadonlySet<number> | null = null;
  for (const found of searches(db, filter)) {
    if (found.ids === null) conditions.push(found.test);
    else candidates = candidates === null ? found.ids : intersect(candidates, found.ids);
  }
  return {
    standings: standingsOf(filter).map((standing) => STANDING_CODE[standing]),
    mark: markOf(filter.view),
    candidates: candidates === null ? null : [...candidates],
    conditions,
  };
}

function standingsOf({ view, standings }: FileFilter): readonly Standing[] {
  const ofView = STANDINGS_OF_VIEW[view];
  return standings.length === 0 ? ofView : ofView.filter((standing) => standings.includes(standing));
}

function markOf(view: View): FilterPlan['mark'] {
  if (view === 'to-triage') return 'triage';
  return view === 'turned' ? 'turned' : null;
}

function searches(db: Database, filter: FileFilter): readonly Candidates[] {
  const found: Candidates[] = [];
  const text = filter.text.trim();
  if (text !== '') found.push(findByText(db, text, 'anything'));
  if (filter.pathText) found.push(findByText(db, filter.pathText, 'path'));
  if (filter.agentName !== null) found.push(findByAgent(db, filter.agentName));
  return found;
}

function findByAgent(db: Database, name: string): Candidates {
  const agent = statement<{ id: number; files: number }>(
    db,
    'SELECT id, files FROM agent WHERE name = ?',
  ).get(name);
  if (!agent) return { ids: new Set(), test: NOTHING };
  const test: Condition = {
    sql: 'EXISTS (SELECT 1 FROM event WHERE event.agent_id = ? AND event.file_id = file.id)',
    bound: [agent.id],
  };
  if (agent.files > MOST_CANDIDATES) return { ids: null, test };
  const rows = statement<{ file_id: number }>(
    db,
    'SELECT DISTINCT file_id FROM event WHERE agent_id = ? AND file_id IS NOT NULL',
  ).all(agent.id);
  return { ids: new Set(rows.map(({ file_id }) => file_id)), test };
}

const NOTHING: Condition = { sql: '0', bound: [] };

function intersect(a: ReadonlySet<number>, b: ReadonlySet<number>): ReadonlySet<number> {
  return new Set([...a].filter((id) => b.has(id)));
}
