import { Random } from '../random.ts';
import { EVENTS_PER_FILE_SCENE, everyday } from './everyday.ts';
import type { LabWorld } from './lab-world.ts';
import type { Scene } from './scene.ts';
import { harmlessInvoice } from './scenes/trouble.ts';

const HOUR_MS = 3_600_000;
const DAY_MS = 24 * HOUR_MS;
/** FIM events of a working day; a day of the weekend has half of them. */
const EVENTS_A_DAY = [40, 70] as const;
const FILE_SHARE = 0.55;
/** How busy each hour of the day is (UTC). */
const BUSYNESS = [2, 2, 4, 2, 1, 1, 2, 4, 8, 10, 10, 9, 6, 8, 10, 10, 9, 7, 4, 3, 3, 2, 2, 2];
/** The file that will turn malicious came so long before the present. */
const INVOICE_AGE_MS = 8 * DAY_MS;

/** Days that passed while nobody looked. Both ends are epoch milliseconds. */
export interface Past {
  readonly fromMs: number;
  readonly toMs: number;
  /** The lab's very first days: the invoice comes in them. */
  readonly isFirst: boolean;
}

/** Plays the past at once, day by day, so that charts and archives have something to show. */
export function writeHistory(world: LabWorld, { fromMs, toMs, isFirst }: Past): void {
  const planned: [number, Scene][] = [];
  for (let dayMs = startOfDay(fromMs); dayMs < toMs; dayMs += DAY_MS) {
    planned.push(...sceneTimes(world.seed, dayMs).map((at): [number, Scene] => [at, everyday(FILE_SHARE)]));
  }
  if (isFirst) planned.push([toMs - INVOICE_AGE_MS, harmlessInvoice]);
  let quietUntil = fromMs;
  const within = planned.filter(([at]) => at >= fromMs && at < toMs);
  for (const [at, scene] of within.toSorted(([a], [b]) => a - b)) {
    quietUntil = world.perform(scene, Math.max(at, quietUntil + 50));
  }
}

function sceneTimes(seed: number, dayMs: number): number[] {
  const random = new Random(`day ${seed} ${dayMs}`);
  const weekday = new Date(dayMs).getUTCDay();
  const isWeekend = weekday === 0 || weekday === 6;
  const events = random.integer(...EVENTS_A_DAY) * (isWeekend ? 0.5 : 1);
  const scenes = Math.round(events / EVENTS_PER_FILE_SCENE / FILE_SHARE);
  const hours = BUSYNESS.map((weight, hour) => [weight, hour] as const);
  return Array.from(
    { length: scenes },
    () => dayMs + random.weighted(hours) * HOUR_MS + random.integer(0, HOUR_MS - 1),
  );
}

function startOfDay(ms: number): number {
  return ms - (ms % DAY_MS);
}
