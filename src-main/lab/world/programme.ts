import { everyday } from './everyday.ts';
import type { LabWorld } from './lab-world.ts';
import { EICAR, TURNING, type Product } from './products.ts';
import type { Scene } from './scene.ts';
import { drop } from './scenes/drop.ts';
import { detected, eicar, invoiceTurns } from './scenes/trouble.ts';
import { upgrade } from './scenes/upgrade.ts';

/** In the first minutes somebody is watching: more of what happens concerns files. */
const LIVELY_SCENES = 60;
/** Some half a minute in, when the window has been looked at. */
const TURN_AT = 14;

/**
 * What happens live, by the number of the scene since the lab was started: something detected is among the first, and
 * once in a lab's life a file that was clean turns malicious soon after.
 */
export function liveProgramme({ population }: LabWorld): (played: number) => Scene {
  const isOn = (product: Product, agent: string) =>
    population.all().some((file) => file.content.product === product && file.agent.name === agent);
  return (played) => {
    if (played === 1) return isOn(EICAR, 'web-ams-3') ? detected : eicar;
    if (played === 2) return upgrade;
    if (played < 4) return drop;
    if (played === TURN_AT && !isOn(TURNING, 'mail-ams-2')) return invoiceTurns;
    return everyday(played < LIVELY_SCENES ? 0.6 : 0.3);
  };
}
