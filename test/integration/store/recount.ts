import type { Database } from 'better-sqlite3';
import { NO_TALLIES, type Tallies } from '../../../src-main/store/tally.ts';

/** Counts everything anew from events, files and verdicts by brute force, trusting no counter and no stored state. */
export function recount(db: Database): Tallies {
  const count = (sql: string): number => Number(db.prepare(sql).pluck().get());
  const events = (condition: string): number => count(`SELECT count(*) FROM event WHERE ${condition}`);
  const files = (condition: string): number => count(`SELECT count(*) FROM file WHERE ${condition}`);
  const answers = new Map(recountAnswers(db).map(({ id, verdict_id }) => [id, verdict_id]));
  db.function('answer_of', (id) => answers.get(Number(id)) ?? null);
  const judged = 'answer_of(file.id) IS NOT NULL';
  const lookable = '(SELECT count(*) FROM event WHERE event.file_id = file.id AND disposition = 0)';
  const answered = count(
    `SELECT coalesce(sum(min(lookups_answered, ${lookable})), 0) FROM file WHERE ${judged}`,
  );
  const ofJudged = count(`SELECT coalesce(sum(${lookable}), 0) FROM file WHERE ${judged}`);
  const current = (standing: number): number =>
    files(`(SELECT standing FROM verdict WHERE id = answer_of(file.id)) = ${standing}`);
  const failed = files(
    `NOT ${judged} AND queue_priority IS NOT NULL
     AND last_outcome IN ('timed-out', 'request-failed', 'credentials-rejected')`,
  );
  return {
    ...NO_TALLIES,
    fim_events: events('1'),
    answered,
    from_store: ofJudged - answered,
    queued: events('disposition = 0') - ofJudged,
    muted: events('disposition = 1'),
    deleted: events('disposition = 2'),
    no_hash: events('disposition = 3'),
    empty_file: events('disposition = 4'),
    registry: events('disposition = 5'),
    excluded: events('disposition = 6'),
    queued_files: files(`NOT ${judged} AND ${lookable} > 0`),
    waiting_files: files(`NOT ${judged} AND queue_priority IS NOT NULL`),
    malicious: current(1),
    suspicious: current(2),
    no_records: current(3),
    clean: current(4),
    failed,
    listed: files(`${judged} OR queue_priority IS NOT NULL`),
    turned: files('turned = 1'),
    to_triage: files('triage = 1'),
  };
}

/** What answers each file, and which manager reported it (0: several), worked out from all versions and events. */
export function recountAnswers(db: Database) {
  const versions = db.prepare<[number], Version>(
    'SELECT * FROM verdict WHERE file_id = ? ORDER BY judged_ms DESC, id DESC',
  );
  const reporters = db.prepare<[number], Reporter>(
    `SELECT DISTINCT agent_id,
       (SELECT min(same.id) FROM source AS same WHERE same.profile = source.profile) AS manager_id
     FROM event JOIN source ON source.id = source_id WHERE file_id = ?`,
  );
  const ids = db.prepare<[], number>('SELECT id FROM file ORDER BY id').pluck().all();
  return ids.map((id) => {
    const seen = reporters.all(id);
    const managers = new Set(seen.map(({ manager_id }) => manager_id));
    const [manager = null] = managers;
    const answer = answerOf(versions.all(id), seen);
    return { id, verdict_id: answer?.id ?? null, manager_id: managers.size > 1 ? 0 : manager };
  });
}

/**
 * The rule in words: the newest lookup answers; a manager's alarm does instead when it is newer, or the only one, unless
 * the lookup has raised it already; without either, what a manager called harmless does when whom it spoke of is the only
 * one who reported the file.
 */
function answerOf(newestFirst: readonly Version[], seen: readonly Reporter[]): Version | undefined {
  const lookup = newestFirst.find(({ source }) => source !== 2);
  const alarm = newestFirst.find(({ source, standing }) => source === 2 && standing === 1);
  const isAlarmNewer = alarm && (!lookup || newestFirst.indexOf(alarm) < newestFirst.indexOf(lookup));
  if (alarm && isAlarmNewer && lookup?.standing !== 1) return alarm;
  if (lookup) return lookup;
  return newestFirst.find((said) =>
    seen.every((by) => by.agent_id === said.agent_id && by.manager_id === said.manager_id),
  );
}

interface Reporter {
  readonly agent_id: number;
  readonly manager_id: number;
}

interface Version {
  readonly id: number;
  readonly source: number;
  readonly standing: number;
  readonly manager_id: number | null;
  readonly agent_id: number | null;
}

/** The agents' counters, counted anew. */
export function recountAgents(db: Database): unknown[] {
  return db
    .prepare(
      `SELECT name, (SELECT count(*) FROM event WHERE event.agent_id = agent.id) AS events, ${distinct('1')} AS files,
         ${distinct('file.standing = 1')} AS malicious, ${distinct('file.standing = 2')} AS suspicious
       FROM agent ORDER BY name`,
    )
    .all();
}

function distinct(condition: string): string {
  return `(SELECT count(DISTINCT event.file_id) FROM event JOIN file ON file.id = event.file_id
    WHERE event.agent_id = agent.id AND ${condition})`;
}

/** What each source saw of each agent, and who reported flagged files: as stored, and read from the events anew. */
export function recountSightings(db: Database): {
  readonly stored: unknown[];
  readonly recounted: unknown[];
} {
  const rows = (sql: string): unknown[] => db.prepare(sql).all();
  return {
    stored: [
      ...rows('SELECT source_id, agent_id, events, last_event_ms FROM agent_of_source ORDER BY 1, 2'),
      ...rows('SELECT file_id, source_id, agent_id FROM flagged_sighting ORDER BY 1, 2, 3'),
    ],
    recounted: [
      ...rows(
        `SELECT source_id, agent_id, count(*) AS events, max(time_ms) AS last_event_ms
         FROM event GROUP BY source_id, agent_id ORDER BY 1, 2`,
      ),
      ...rows(
        `SELECT DISTINCT file_id, source_id, agent_id FROM event
         WHERE file_id IN (SELECT id FROM file WHERE standing IN (1, 2)) ORDER BY 1, 2, 3`,
      ),
    ],
  };
}
