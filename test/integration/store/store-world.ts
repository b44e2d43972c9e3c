import { boolean, constant, constantFrom, integer, oneof, record, type Arbitrary } from 'fast-check';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { openReadOnly, openStore } from '../../../src-main/store/open-store.ts';
import { readLedger, readTallies } from '../../../src-main/store/queries/ledger.ts';
import type { LookupOutcome } from '../../../src-shared/domain/outcome.ts';
import { DomainError } from '../../../src-shared/errors/domain-error.ts';
import { commit, NOW_MS } from '../../builders/committing.ts';
import { aFimEvent, aManagerVerdict, FIRST_ALERT_SEC } from '../../builders/alerts.ts';
import { digestsOf } from '../../builders/digests.ts';
import { aCleanReport, aDetection, NO_RECORDS } from '../../builders/outcomes.ts';
import { recount, recountAgents, recountAnswers, recountSightings } from './recount.ts';

/** Few contents and few weak digests, so that files meet, join and contradict each other often. */
const content = constantFrom('a', 'b', 'c', 'd');
const hashes = record({ strong: content, weak: content, mask: integer({ min: 1, max: 7 }) }).map(
  ({ strong, weak, mask }) => ({
    sha256: mask & 1 ? digestsOf(strong).sha256 : null,
    sha1: mask & 2 ? digestsOf(strong).sha1 : null,
    // Now and then the MD5 of another content: a collision made on purpose.
    md5: mask & 4 ? digestsOf(weak === 'd' ? 'a' : strong).md5 : null,
  }),
);

const event = record({
  type: constant('event' as const),
  hashes,
  sec: integer({ min: FIRST_ALERT_SEC, max: FIRST_ALERT_SEC + 50 }),
  agentName: constantFrom('web-01', 'web-02', 'db-01'),
  /** Two managers may have agents of one name. */
  manager: constantFrom(0, 1),
  path: constantFrom('/srv/a.exe', '/srv/b.txt', '/secret/c', '/tmp/d.log'),
  change: constantFrom('added' as const, 'modified' as const, 'deleted' as const),
  again: boolean(),
});
const managerVerdict = record({
  type: constant('manager' as const),
  hashes,
  sec: integer({ min: FIRST_ALERT_SEC - 50, max: FIRST_ALERT_SEC + 4000 }),
  agentName: constantFrom('web-01', 'web-02', 'db-01'),
  manager: constantFrom(0, 1),
  detected: boolean(),
});
const answer = record({
  type: constant('answer' as const),
  outcome: constantFrom('detected', 'clean', 'no-records', 'timed-out', 'rate-limited', 'pending', 'late'),
  report: hashes,
});
const exclusion = record({
  type: constant('exclude' as const),
  effect: constantFrom('exclude' as const, 'mute' as const),
  rule: constantFrom(
    { kind: 'path' as const, pattern: '/secret/' },
    { kind: 'extension' as const, pattern: '.log' },
    { kind: 'agent' as const, pattern: 'db-01' },
    { kind: 'hash' as const, pattern: digestsOf('a').md5 ?? '' },
    { kind: 'hash' as const, pattern: digestsOf('b').sha256 ?? '' },
  ),
});
/** Anything that may happen to a store. */
export const anyAct = oneof(
  { arbitrary: event, weight: 6 },
  { arbitrary: managerVerdict, weight: 1 },
  { arbitrary: answer, weight: 4 },
  { arbitrary: exclusion, weight: 1 },
  { arbitrary: record({ type: constant('readmit' as const) }), weight: 1 },
  { arbitrary: record({ type: constant('recheck' as const) }), weight: 1 },
  { arbitrary: record({ type: constant('ask' as const), content }), weight: 1 },
  { arbitrary: record({ type: constant('reopen' as const) }), weight: 1 },
);

export type Act = typeof anyAct extends Arbitrary<infer T> ? T : never;

/** A store that things happen to, and what it must look like afterwards. */
export class StoreWorld {
  readonly #folder = mkdtempSync(join(tmpdir(), 'verdict-desk-ledger-'));
  #store = this.#open();
  #nowMs = NOW_MS;
  #distinctEvents = 0;
  /** Lookups that were asked and are answered later, while the store goes on. */
  readonly #late: (() => void)[] = [];

  act(step: Act): void {
    this.#nowMs += 60_000;
    switch (step.type) {
      case 'event': {
        const alert = aFimEvent(step);
        this.#distinctEvents += 1;
        const sourceId = this.#store.sourceIds[step.manager] ?? 0;
        commit({ ...this.#store, sourceId }, step.again ? [alert, alert] : [alert], this.#nowMs);
        return;
      }
      case 'manager':
        return this.#hear(step);
      case 'answer':
        return this.#answer(step);
      case 'exclude':
        this.#store.exclusions.add({ effect: step.effect, ...step.rule });
        return;
      case 'readmit': {
        const [first] = this.#store.exclusions.list();
        if (first) this.#store.exclusions.remove(first.id);
        return;
      }
      case 'recheck':
        this.#store.lookups.enqueueRechecks(this.#nowMs + 30 * 3_600_000, 2);
        return;
      case 'ask':
        return this.#ask(step.content);
      case 'reopen':
        this.#store.close();
        this.#store = this.#open();
    }
  }

  /** With all late answers in: what the counters say, and the same counted anew. */
  takeStock() {
    for (const settle of this.#late) settle();
    const db = openReadOnly(this.#folder);
    try {
      const rows = (sql: string): unknown[] => db.prepare(sql).all();
      return {
        distinctEvents: this.#distinctEvents,
        ledger: readLedger(db),
        tallies: readTallies(db),
        recounted: recount(db),
        agents: rows('SELECT name, events, files, malicious, suspicious FROM agent ORDER BY name'),
        recountedAgents: recountAgents(db),
        sightings: recountSightings(db),
        /** Lookable, unjudged, and yet nobody will ask. */
        forgottenFiles: rows(
          'SELECT id FROM file WHERE verdict_id IS NULL AND lookable > 0 AND queue_priority IS NULL',
        ),
        answers: rows('SELECT id, verdict_id, manager_id FROM file ORDER BY id'),
        recountedAnswers: recountAnswers(db),
        twiceHeldSha256: rows(
          'SELECT sha256 FROM file WHERE sha256 IS NOT NULL GROUP BY sha256 HAVING count(*) > 1',
        ),
        brokenReferences: [
          ...rows('PRAGMA foreign_key_check'),
          ...rows('SELECT id FROM event WHERE file_id IS NOT NULL AND file_id NOT IN (SELECT id FROM file)'),
          ...rows('SELECT key FROM file_digest WHERE file_id NOT IN (SELECT id FROM file)'),
        ],
      };
    } finally {
      db.close();
    }
  }

  end(): void {
    this.#store.close();
    rmSync(this.#folder, { recursive: true, force: true });
  }

  #open() {
    const store = openStore(this.#folder, { clock: { now: () => NOW_MS } });
    const sourceIds = ['fra', 'ams'].map((profile) =>
      store.sources.add({
        profile,
        path: '/alerts.json',
        format: 'json',
        isFollowed: true,
        readsArchives: false,
      }),
    );
    return { ...store, sourceIds, sourceId: sourceIds[0] ?? 0 };
  }

  #hear({ detected, hashes, sec, agentName, manager }: Extract<Act, { type: 'manager' }>): void {
    const harmless = { outcome: NO_RECORDS, ruleId: '87103' };
    const alert = aManagerVerdict({ hashes, sec, agentName, ...(detected ? {} : harmless) });
    commit({ ...this.#store, sourceId: this.#store.sourceIds[manager] ?? 0 }, [alert], this.#nowMs);
  }

  #answer({ outcome, report }: Extract<Act, { type: 'answer' }>): void {
    const due = this.#store.lookups.nextDue(this.#nowMs, new Set());
    if (!due) return;
    const hashes = { ...report, [due.hash.algorithm]: due.hash.hex };
    const atMs = this.#nowMs;
    const settle = (): void => {
      const retryAtMs = outcome === 'timed-out' ? atMs + 30_000 : null;
      const result = outcomeOf(outcome, hashes);
      this.#store.lookups.settle({ fileId: due.fileId, asked: due.hash, outcome: result, atMs, retryAtMs });
    };
    if (outcome === 'late') this.#late.push(settle);
    else settle();
  }

  #ask(content: string): void {
    try {
      this.#store.files.askHash({ algorithm: 'sha256', hex: digestsOf(content).sha256 ?? '' });
    } catch (error) {
      if (!(error instanceof DomainError) || error.code !== 'lookup.excluded') throw error;
    }
  }
}

function outcomeOf(word: string, hashes: ReturnType<typeof digestsOf>): LookupOutcome {
  switch (word) {
    case 'clean':
      return aCleanReport(hashes);
    case 'no-records':
      return NO_RECORDS;
    case 'timed-out':
      return { kind: 'timed-out' };
    case 'rate-limited':
      return { kind: 'rate-limited', retryAfterMs: null };
    case 'pending':
      return { kind: 'pending' };
    default:
      return aDetection(hashes);
  }
}
