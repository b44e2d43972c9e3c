import { z } from 'zod';
import { controlRoute, DONE, noInput, type ControlRoute } from '../control/serve-control.ts';
import type { FileWish } from './added-file.ts';
import { SCENE_NAMES, type WorldControl } from './world-control.ts';

const wishSchema = z.object({
  agent: z.string().min(1),
  path: z.string().min(1).max(4096),
  content: z.string().max(1_000_000),
  verdict: z.enum(['clean', 'unknown', 'suspicious', 'malicious', 'pending']).default('unknown'),
  mode: z.enum(['realtime', 'scheduled', 'whodata']).default('realtime'),
}) satisfies z.ZodType<FileWish>;
const playSchema = z.object({
  scene: z.enum(SCENE_NAMES),
  times: z.number().int().min(1).max(10_000).default(1),
});
const turnSchema = z.object({
  hash: z.string().optional(),
  positives: z.number().int().min(1).max(60).default(7),
});

/** The levers of the world for tests in other processes. */
export function worldRoutes(world: WorldControl): readonly ControlRoute[] {
  return [
    simple('pause', () => world.pause()),
    simple('resume', () => world.resume()),
    simple('change-day', () => world.changeDay()),
    simple('rotate', () => world.rotate()),
    simple('restart', () => world.restart()),
    simple('complete', () => world.complete()),
    controlRoute('POST', '/lab/world/play', playSchema, ({ scene, times }) => {
      world.play(scene, times);
      return DONE;
    }),
    controlRoute('POST', '/lab/world/add-file', wishSchema, (wish) => world.addFile(wish)),
    controlRoute('POST', '/lab/world/write-partially', wishSchema, (wish) => world.writePartially(wish)),
    controlRoute('POST', '/lab/world/turn-malicious', turnSchema, ({ hash, positives }) =>
      world.turnMalicious(hash, positives),
    ),
  ];
}

function simple(name: string, run: () => void | Promise<void>): ControlRoute {
  return controlRoute('POST', `/lab/world/${name}`, noInput, async () => {
    await run();
    return DONE;
  });
}
