import type { Clock } from '../../app/clock.ts';
import type { ManagerHost } from '../host/manager-host.ts';
import { outputOf } from './probe-step.ts';

/** The first question may pay for a connection that slept. */
const TRIES = 3;

/** Manager clock minus ours in milliseconds, the round trip halved out; the quickest of a few tries counts. */
export async function askClockDifference(
  host: ManagerHost,
  clock: Clock,
  signal: AbortSignal,
): Promise<number> {
  let best = { tookMs: Infinity, differenceMs: 0 };
  for (let attempt = 0; attempt < TRIES; attempt += 1) {
    const before = clock.now();
    const text = await outputOf(host, ['date', '+%s.%N'], { signal });
    const after = clock.now();
    const managerMs = parseEpoch(text);
    const differenceMs = Math.round(managerMs - (before + after) / 2);
    if (after - before < best.tookMs) best = { tookMs: after - before, differenceMs };
  }
  return best.differenceMs;
}

/** busybox knows no `%N` and leaves it out or prints it as it stands: then the middle of the second is meant. */
function parseEpoch(text: string): number {
  const [, seconds, nanoseconds] = /^(\d{9,12})(?:\.(\d{9}))?/.exec(text.trim()) ?? [];
  if (seconds === undefined) throw new TypeError('date printed no time.');
  return Number(seconds) * 1000 + (nanoseconds === undefined ? 500 : Number(nanoseconds) / 1e6);
}
