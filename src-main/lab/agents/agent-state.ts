import { z } from 'zod';
import type { KesMachine } from '../kes/kes-machine.ts';

const task = z.object({
  id: z.number().int(),
  name: z.string(),
  type: z.string(),
  startedMs: z.number().nullable(),
  endsMs: z.number().nullable(),
  suspendedMs: z.number().nullable(),
  settings: z.record(z.string(), z.string()),
});

const kesMachine = z.object({
  version: z.string(),
  language: z.enum(['en', 'ru']),
  isServiceUp: z.boolean(),
  areDatabasesLoaded: z.boolean(),
  databasesReleasedMs: z.number(),
  licenceEndsMs: z.number().nullable(),
  isLockedByPolicy: z.boolean(),
  action: z.enum(['Disinfect', 'Remove', 'Skip']),
  tasks: z.array(task),
  infected: z.record(z.string(), z.string()),
  objects: z.number(),
  fullScanMs: z.number(),
  events: z.array(z.record(z.string(), z.string())),
  nextEventId: z.number().int(),
  keepsUtc: z.boolean(),
}) satisfies z.ZodType<KesMachine>;

/** A task that our script on an agent follows: the script outlives the lab's closing as a process outlives nothing else. */
const followed = z.object({
  kind: z.string(),
  token: z.string(),
  action: z.string(),
  form: z.enum(['json', 'plain']),
  task: z.string(),
  /** By the machine's clock, as events carry it. */
  since: z.string(),
  looks: z.number().int(),
  hasRun: z.boolean(),
  told: z.string(),
});
export type FollowedTask = z.infer<typeof followed>;

export const agentStateSchema = z.object({
  /** Of the last word, epoch milliseconds; null while the agent is connected. */
  silentSinceMs: z.number().nullable(),
  hasPython: z.boolean(),
  /** `<active-response><disabled>` in the agent's own configuration. */
  takesResponses: z.boolean(),
  /** KES writes its events to syslog too: off by default. */
  logsToSyslog: z.boolean(),
  /** Null: no KES on that machine. */
  kes: kesMachine.nullable(),
  /** Threats by path that somebody put there, besides the world's own files. */
  planted: z.record(z.string(), z.string()),
  followed: z.array(followed),
});

/** One Linux machine with an agent: all of it that may change while the lab runs. */
export type AgentState = z.infer<typeof agentStateSchema>;
