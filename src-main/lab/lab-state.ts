import { readFileSync, renameSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';
import { DomainError } from '../../src-shared/errors/domain-error.ts';
import { agentStateSchema } from './agents/agent-state.ts';
import { populationSchema } from './world/population.ts';

const standing = z.object({ positives: z.number(), suspicious: z.number(), analysedMs: z.number() });

/** The world's part of the state: what does not follow from its seed. */
const worldSchema = z.object({
  /** Where the lab's time stood, epoch milliseconds. */
  labMs: z.number(),
  /** How many scenes were played. */
  scenes: z.number().int(),
  population: populationSchema,
  dossiers: z.object({
    askedAt: z.record(z.string(), z.number()),
    standings: z.record(z.string(), standing),
  }),
  /** Machines with an agent that were used, by its id; the others are as they were made. */
  agents: z.record(z.string(), agentStateSchema).default({}),
});
export type WorldState = z.infer<typeof worldSchema>;

/** What a lab keeps between two runs. */
const stateSchema = worldSchema.extend({
  version: z.literal(1),
  seed: z.number().int(),
  quota: z.object({
    recent: z.array(z.number()).readonly(),
    day: z.string(),
    usedToday: z.number(),
    month: z.string(),
    usedThisMonth: z.number(),
  }),
});
export type LabState = z.infer<typeof stateSchema>;

/**
 * Reads the state of a world. Errors: `lab.other-seed` when the folder holds another world, `lab.unreadable-state` when
 * the file is missing or damaged.
 */
export function readLabState(folder: string, seed: number): LabState {
  const state = parse(pathOf(folder));
  if (state.seed !== seed) {
    throw new DomainError(
      'lab.other-seed',
      `The lab in ${folder} was made from seed ${state.seed}, not ${seed}.`,
      `Use seed ${state.seed}, or give the new lab a folder of its own.`,
    );
  }
  return state;
}

/** Beside the old one, then in its place: a killed lab finds one or the other. */
export function writeLabState(folder: string, state: LabState): void {
  const path = pathOf(folder);
  writeFileSync(`${path}.new`, JSON.stringify(state));
  renameSync(`${path}.new`, path);
}

function parse(path: string): LabState {
  try {
    return stateSchema.parse(JSON.parse(readFileSync(path, 'utf8')));
  } catch (error) {
    throw new DomainError(
      'lab.unreadable-state',
      `The state of the lab in ${path} cannot be read.`,
      'Delete the folder it is in: the lab holds nothing of yours and starts anew.',
      error,
    );
  }
}

function pathOf(folder: string): string {
  return join(folder, 'lab.json');
}
