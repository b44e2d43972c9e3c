import { z } from 'zod';
import { DomainError } from '../../src-shared/errors/domain-error.ts';
import type { AgentAccess } from '../../src-shared/ipc/scans.ts';
import type { AgentKesStore, KesMemory } from '../kes/scan-store.ts';
import type { ChangingSession } from './write-session.ts';

/** Stands for the template of a profile: agents are numbered. */
const TEMPLATE = '';

const SCRIPT_STATES = ['installed', 'absent', 'outdated', 'unknown'] as const;
const NOTHING_KNOWN: KesMemory = { kesVersion: null, taskNames: null, script: 'unknown', seenMs: null };

const accessSchema: z.ZodType<AgentAccess> = z.object({
  isOn: z.boolean(),
  host: z.string(),
  port: z.number(),
  user: z.string(),
  methods: z.array(z.enum(['agent', 'key', 'password'])),
  keyPath: z.string().nullable(),
  throughManager: z.boolean(),
  elevation: z.enum(['none', 'sudo', 'sudo-password']),
  prefix: z.string().exactOptional(),
});

/** How agents are reached and what was seen of KES there; no secrets. It goes with its connection. */
export class StoredAgentKes implements AgentKesStore {
  readonly #session: ChangingSession;
  readonly #statements: ReturnType<typeof prepareStatements>;

  constructor(session: ChangingSession) {
    this.#session = session;
    this.#statements = prepareStatements(session);
  }

  access(profile: string, agentId: string | null): AgentAccess | null {
    const text = this.#statements.access.get(profile, agentId ?? TEMPLATE);
    if (text === undefined) return null;
    const parsed = accessSchema.safeParse(JSON.parse(text));
    return parsed.success ? parsed.data : null;
  }

  /** Errors: `scans.no-connection`. */
  setAccess(profile: string, agentId: string | null, access: AgentAccess | null): void {
    this.#session.run(() => {
      const profileId = this.#statements.profileId.get(profile);
      if (profileId === undefined) throw noConnection(profile);
      if (access) this.#statements.setAccess.run(profileId, agentId ?? TEMPLATE, JSON.stringify(access));
      else this.#statements.dropAccess.run(profileId, agentId ?? TEMPLATE);
    });
  }

  memory(profile: string, agentId: string): KesMemory {
    const row = this.#statements.memory.get(profile, agentId);
    if (!row) return NOTHING_KNOWN;
    return {
      kesVersion: row.kes_version,
      taskNames: row.task_names === null ? null : taskNamesSchema.parse(JSON.parse(row.task_names)),
      script: scriptSchema.parse(row.script),
      seenMs: row.seen_ms,
    };
  }

  /** What a connection that was removed meanwhile has seen is of no use to anybody. */
  remember(profile: string, agentId: string, change: Partial<KesMemory>): void {
    this.#session.run(() => {
      const profileId = this.#statements.profileId.get(profile);
      if (profileId === undefined) return;
      const { kesVersion, taskNames, script, seenMs } = { ...this.memory(profile, agentId), ...change };
      const names = taskNames && JSON.stringify(taskNames);
      this.#statements.remember.run(profileId, agentId, kesVersion, names, script, seenMs);
    });
  }
}

const taskNamesSchema = z.array(z.string()).nullable().catch(null);
const scriptSchema = z.enum(SCRIPT_STATES).catch('unknown');

interface MemoryRow {
  readonly kes_version: string | null;
  readonly task_names: string | null;
  readonly script: string;
  readonly seen_ms: number | null;
}

function noConnection(profile: string): DomainError {
  return new DomainError(
    'scans.no-connection',
    `There is no connection ${profile}.`,
    'Add it in Settings; files alone reach no agent.',
  );
}

function prepareStatements({ db }: ChangingSession) {
  const ofAgent = 'profile_id = (SELECT id FROM profile WHERE name = ?) AND agent_id = ?';
  return {
    profileId: db.prepare<[string], number>('SELECT id FROM profile WHERE name = ?').pluck(),
    access: db.prepare<[string, string], string>(`SELECT access FROM agent_access WHERE ${ofAgent}`).pluck(),
    setAccess: db.prepare<[number, string, string]>(
      `INSERT INTO agent_access (profile_id, agent_id, access) VALUES (?, ?, ?)
       ON CONFLICT (profile_id, agent_id) DO UPDATE SET access = excluded.access`,
    ),
    dropAccess: db.prepare<[number, string]>(
      'DELETE FROM agent_access WHERE profile_id = ? AND agent_id = ?',
    ),
    memory: db.prepare<[string, string], MemoryRow>(
      `SELECT kes_version, task_names, script, seen_ms FROM agent_kes WHERE ${ofAgent}`,
    ),
    remember: db.prepare<[number, string, string | null, string | null, string, number | null]>(
      `INSERT INTO agent_kes (profile_id, agent_id, kes_version, task_names, script, seen_ms) VALUES (?, ?, ?, ?, ?, ?)
       ON CONFLICT (profile_id, agent_id) DO UPDATE SET kes_version = excluded.kes_version,
         task_names = excluded.task_names, script = excluded.script, seen_ms = excluded.seen_ms`,
    ),
  };
}
