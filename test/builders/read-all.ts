import type { FollowCursor } from '../../src-main/alerts/follow-cursor.ts';
import type { ManualClock } from './manual-clock.ts';

/** Steps until nothing more comes, giving it the time that waiting takes. */
export async function readAll(cursor: FollowCursor, clock: ManualClock): Promise<void> {
  for (let quiet = 0; quiet < 2;) {
    const { next, grew } = await cursor.step();
    quiet = next === 'wait' && !grew ? quiet + 1 : 0;
    if (next !== 'more') await clock.advance(1_100);
  }
}
