import { everyday } from './everyday.ts';
import type { Scene } from './scene.ts';
import { drop } from './scenes/drop.ts';
import { eicar, invoiceTurns, trouble } from './scenes/trouble.ts';
import { upgrade } from './scenes/upgrade.ts';

/** In the first minutes somebody is watching: more of what happens concerns files. */
const LIVELY_SCENES = 60;
/** Some half a minute in, when the window has been looked at. */
const TURN_AT = 14;

/**
 * What happens live, by the number of the scene since the lab was started: something detected is among the first, and
 * in a new lab a file that was clean turns malicious soon after.
 */
export function liveProgramme(isNewLab: boolean): (played: number) => Scene {
  const opening: readonly Scene[] = [drop, isNewLab ? eicar : trouble, upgrade, drop];
  return (played) => {
    const opener = opening[played];
    if (opener) return opener;
    if (isNewLab && played === TURN_AT) return invoiceTurns;
    return everyday(played < LIVELY_SCENES ? 0.6 : 0.3);
  };
}
