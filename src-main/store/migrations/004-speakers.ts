import type { Migration } from './index.ts';

/**
 * Whom a manager's verdict speaks for, and which manager reported a file.
 *
 * - `verdict.manager_id` and `agent_id` name the agent that a manager's verdict is about; both are null for lookups, and
 *   for what was stored before: nobody knows any more whom that speaks for.
 * - `file.manager_id` is the manager that all its events come from, 0 for several, null without events: with `agents` it
 *   tells whether one agent alone reported the file, however many events there are. Derived from `event`, and recounted by
 *   the model test.
 * - A manager is the number of the first source that has its name.
 * - What a manager called harmless keeps answering files until a lookup has confirmed it: it is queued here.
 */
export const speakers: Migration = {
  version: 4,
  name: 'speakers of verdicts',
  sql: `
    ALTER TABLE verdict ADD COLUMN manager_id INTEGER;
    ALTER TABLE verdict ADD COLUMN agent_id INTEGER REFERENCES agent (id);
    ALTER TABLE file ADD COLUMN manager_id INTEGER;

    UPDATE file SET manager_id = seen.manager_id
    FROM (
      SELECT event.file_id, CASE WHEN min(named.manager_id) = max(named.manager_id) THEN min(named.manager_id) ELSE 0 END
        AS manager_id
      FROM event JOIN (
        SELECT own.id AS source_id, min(same.id) AS manager_id
        FROM source AS own JOIN source AS same ON same.profile = own.profile GROUP BY own.id
      ) AS named ON named.source_id = event.source_id
      WHERE event.file_id IS NOT NULL GROUP BY event.file_id
    ) AS seen WHERE file.id = seen.file_id;

    UPDATE file SET queue_priority = 3, queued_ms = coalesce(judged_ms, 0), due_ms = 0
    WHERE queue_priority IS NULL AND lookable > 0
      AND verdict_id IN (SELECT id FROM verdict WHERE source = 2 AND standing IN (3, 4));
  `,
};
