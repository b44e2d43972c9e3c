import { randomUUID } from 'node:crypto';
import { formatIntegrationEvent } from '../../src-shared/formats/integration-event.ts';
import { isVerdict } from '../../src-shared/domain/outcome.ts';
import type { Settlement } from '../virustotal/lookup-store.ts';
import { PUBLICATION_CODE } from './codes.ts';
import type { FileRecord } from './file-record.ts';
import { toSourceEvent, type FirstEventRow } from './first-event.ts';
import { PublicationCounter } from './publication-counts.ts';
import type { WriteSession } from './write-session.ts';

/** So many wait for one manager; beyond it outcomes are counted as failed, so that one that stays away fills no disk. */
export const MOST_WAITING = 50_000;

/**
 * Queues settled outcomes for the managers whose profiles publish, in the transaction that settles: the same moment and
 * the same form as integration.log. A file concerns the managers that reported an event of it. Runs inside a
 * transaction of the session.
 */
export class PublicationQueue {
  readonly #counter: PublicationCounter;
  readonly #statements: ReturnType<typeof prepareStatements>;

  constructor(session: WriteSession) {
    this.#counter = new PublicationCounter(session.db);
    this.#statements = prepareStatements(session);
  }

  add(file: FileRecord, settlement: Settlement): void {
    for (const profileId of this.#statements.publishing.all()) {
      const event = this.#statements.firstEvent.get(file.id, profileId);
      if (event) this.#addFor(profileId, file, event, settlement);
    }
  }

  /** The alert that a publication raised came back. One of another Verdict Desk's is unknown here. */
  seen(marker: string): void {
    const found = this.#statements.find.get(marker);
    if (!found) return;
    this.#statements.drop.run(found.id);
    const { waiting, sending, sent, failed } = PUBLICATION_CODE;
    this.#counter.add(found.profileId, {
      waiting: found.state === waiting ? -1 : 0,
      sent: found.state === sent || found.state === sending ? -1 : 0,
      failed: found.state === failed ? -1 : 0,
      seen: 1,
    });
    this.#counter.setError(found.profileId, null);
  }

  #addFor(profileId: number, { hashes }: FileRecord, event: FirstEventRow, settlement: Settlement): void {
    const { outcome, atMs } = settlement;
    const marker = randomUUID();
    const line = formatIntegrationEvent(outcome, { hashes, event: toSourceEvent(event) }, marker);
    if (line === null) return;
    if ((this.#statements.waiting.get(profileId) ?? 0) >= MOST_WAITING) {
      this.#counter.add(profileId, { failed: 1 });
      this.#counter.setError(profileId, tooManyWaiting());
      return;
    }
    // The integrator attributes failures to the manager itself (wazuh.md 4.4).
    const agent = isVerdict(outcome)
      ? { name: event.agentName, id: event.agentId }
      : { name: null, id: null };
    this.#statements.add.run(profileId, marker, line, agent.name, agent.id, atMs);
    this.#counter.add(profileId, { waiting: 1 });
  }
}

function tooManyWaiting() {
  return {
    code: 'publishing.too-many-waiting',
    message: `${MOST_WAITING} outcomes wait for this manager; newer ones are not handed over.`,
    remedy:
      'Mend the connection, or switch publishing off for it. The outcomes are kept here and in integration.log.',
  };
}

function prepareStatements({ db }: WriteSession) {
  return {
    publishing: db
      .prepare<[], number>(
        `SELECT id FROM profile WHERE configuration ->> '$.publishing' <> 'off' ORDER BY id`,
      )
      .pluck(),
    firstEvent: db.prepare<[number, number], FirstEventRow>(
      `SELECT event.alert_sec AS sec, event.alert_off AS off, path.text AS path,
         coalesce(agent_of_source.wazuh_id, agent.wazuh_id) AS agentId, agent.name AS agentName
       FROM event
         JOIN source ON source.id = event.source_id
         JOIN path ON path.id = event.path_id
         JOIN agent ON agent.id = event.agent_id
         LEFT JOIN agent_of_source
           ON agent_of_source.source_id = event.source_id AND agent_of_source.agent_id = event.agent_id
       WHERE event.file_id = ? AND event.disposition = 0 AND source.profile_id = ?
       ORDER BY event.time_ms, event.id LIMIT 1`,
    ),
    waiting: db
      .prepare<[number], number>('SELECT waiting FROM publication_count WHERE profile_id = ?')
      .pluck(),
    add: db.prepare<[number, string, string, string | null, string | null, number]>(
      `INSERT INTO publication (profile_id, marker, event, agent_name, agent_id, state, changed_ms)
       VALUES (?, ?, ?, ?, ?, ${PUBLICATION_CODE.waiting}, ?)`,
    ),
    find: db.prepare<[string], { id: number; profileId: number; state: number }>(
      'SELECT id, profile_id AS profileId, state FROM publication WHERE marker = ?',
    ),
    drop: db.prepare<[number]>('DELETE FROM publication WHERE id = ?'),
  };
}
