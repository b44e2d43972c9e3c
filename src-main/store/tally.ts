import type { Database } from 'better-sqlite3';

/** Whole-store counters: the ledger's states, the views' counts. One row each, changed by differences. */
export const NO_TALLIES = {
  fim_events: 0,
  answered: 0,
  from_store: 0,
  queued: 0,
  muted: 0,
  deleted: 0,
  no_hash: 0,
  empty_file: 0,
  registry: 0,
  excluded: 0,
  /** Files behind `queued`. */
  queued_files: 0,
  /** Files without a verdict in the queue: those a person asked for without any event are among them. */
  waiting_files: 0,
  malicious: 0,
  suspicious: 0,
  no_records: 0,
  clean: 0,
  failed: 0,
  listed: 0,
  turned: 0,
  to_triage: 0,
  /** Malformed lines not dismissed yet. */
  malformed: 0,
  /** Scans that were sent and whose end can be seen. */
  scans_running: 0,
  /** Scans whose turn or agent has not come. */
  scans_waiting: 0,
  /** Orders that a person must look at before they go on. */
  orders_held: 0,
  audit_entries: 0,
};
export type TallyName = keyof typeof NO_TALLIES;
export type Tallies = Readonly<Record<TallyName, number>>;

export const DAY_TALLIES = ['fim_events', 'malicious', 'suspicious', 'no_records', 'clean'] as const;
export type DayTallyName = (typeof DAY_TALLIES)[number];

/** What is counted for one agent: its FIM events, and the distinct files among them by standing. */
interface AgentTally {
  events: number;
  files: number;
  malicious: number;
  suspicious: number;
}

/** Collects the differences of one transaction and writes each counter once. */
export class Tally {
  readonly #changes = new Map<TallyName, number>();
  readonly #days = new Map<string, Map<DayTallyName, number>>();
  readonly #agents = new Map<number, AgentTally>();
  readonly #statements: ReturnType<typeof prepareStatements>;

  constructor(db: Database) {
    this.#statements = prepareStatements(db);
  }

  add(name: TallyName, difference: number): void {
    if (difference !== 0) this.#changes.set(name, (this.#changes.get(name) ?? 0) + difference);
  }

  /** `day` is a UTC day key. */
  addToDay(day: string, name: DayTallyName, difference: number): void {
    let counters = this.#days.get(day);
    if (!counters) this.#days.set(day, (counters = new Map()));
    counters.set(name, (counters.get(name) ?? 0) + difference);
  }

  addToAgent(agentId: number, name: keyof AgentTally, difference: number): void {
    let counters = this.#agents.get(agentId);
    if (!counters)
      this.#agents.set(agentId, (counters = { events: 0, files: 0, malicious: 0, suspicious: 0 }));
    counters[name] += difference;
  }

  /** Writes what was collected; the last step of a transaction. */
  save(): void {
    for (const [name, difference] of this.#changes) {
      if (difference !== 0) this.#statements.add.run(name, difference);
    }
    for (const [day, counters] of this.#days) {
      this.#statements.addDay.run(day, ...DAY_TALLIES.map((name) => counters.get(name) ?? 0));
    }
    for (const [agentId, { events, files, malicious, suspicious }] of this.#agents) {
      this.#statements.addAgent.run(events, files, malicious, suspicious, agentId);
    }
    this.forget();
  }

  forget(): void {
    this.#changes.clear();
    this.#days.clear();
    this.#agents.clear();
  }
}

function prepareStatements(db: Database) {
  return {
    add: db.prepare<[string, number]>(
      `INSERT INTO tally (name, value) VALUES (?, ?) ON CONFLICT (name) DO UPDATE SET value = value + excluded.value`,
    ),
    addAgent: db.prepare<number[]>(
      `UPDATE agent SET events = events + ?, files = files + ?, malicious = malicious + ?,
         suspicious = suspicious + ? WHERE id = ?`,
    ),
    addDay: db.prepare<[string, ...number[]]>(
      `INSERT INTO day_tally (day, ${DAY_TALLIES.join(', ')}) VALUES (?, ?, ?, ?, ?, ?)
       ON CONFLICT (day) DO UPDATE SET ${DAY_TALLIES.map((name) => `${name} = ${name} + excluded.${name}`).join(', ')}`,
    ),
  };
}
