import { fimAlert } from '../../alerts/fim-alert.ts';
import { packageInstalled } from '../../alerts/noise-alert.ts';
import { agentsOf } from '../population.ts';
import { PRODUCTS } from '../products.ts';
import { beat, type Beat, type Scene } from '../scene.ts';

const UPGRADED = PRODUCTS.filter(({ habit }) => habit === 'upgraded');

/** A package is updated: the same new file appears on several machines within seconds. */
export const upgrade: Scene = ({ population, random, atMs }) => {
  const product = random.pick(UPGRADED);
  const serial = population.nextSerial(product);
  const machines = random.shuffled(agentsOf(product)).slice(0, random.integer(1, 4));
  const beats: Beat[] = [];
  let afterMs = 0;
  for (const agent of machines) {
    if (agent.os.startsWith('Debian') && product.path.startsWith('/usr')) {
      beats.push(
        beat(
          afterMs,
          packageInstalled(agent, atMs + afterMs, product.key, `1:${serial}.${serial % 9}-1+deb12u1`),
        ),
      );
      afterMs += random.integer(150, 600);
    }
    const before = population.all().find((file) => file.agent === agent && file.content.product === product);
    const file = population.place(agent, product, serial, atMs + afterMs);
    const mode = agent.isWindows ? 'scheduled' : 'realtime';
    const draft = before
      ? fimAlert({ change: 'modified', mode, file, before })
      : fimAlert({ change: 'added', mode, file });
    beats.push(beat(afterMs, draft));
    afterMs += random.integer(300, 1400);
  }
  return beats;
};
