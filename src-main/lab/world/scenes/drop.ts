import { fimAlert } from '../../alerts/fim-alert.ts';
import type { Content } from '../catalogue.ts';
import { agentsOf, type PlacedFile } from '../population.ts';
import { EMPTY, EVERYDAY_DROPS } from '../products.ts';
import { beat, type Beat, type Scene } from '../scene.ts';
import { managerAnswer } from './manager-answer.ts';

/** A new file: an upload, an attachment, a build result, a download. */
export const drop: Scene = (stage) => {
  const { population, random, atMs } = stage;
  const product = random.pick(EVERYDAY_DROPS);
  const agent = random.pick(agentsOf(product));
  const file = population.place(agent, product, population.nextSerial(product), atMs - 300);
  const hasLinks = product.key === 'release' && random.chance(0.3);
  const draft = fimAlert({
    change: 'added',
    mode: agent.isWindows ? 'scheduled' : 'realtime',
    file,
    ...(hasLinks ? { hardLinks: [`${file.path}.1`, `/var/lib/app/store/${file.inode}`] } : {}),
  });
  const answer = random.chance(0.2) ? managerAnswer(stage, file, { index: 0, afterMs: 0 }) : [];
  return [beat(0, draft), ...answer];
};

/** What was dropped lately is what gets passed on. */
const RECENT = 30;

/** A file that is there already turns up on another machine of the same kind. */
export const copy: Scene = (stage) => {
  const { population, random, atMs } = stage;
  const candidates = population
    .all()
    .filter(({ content }) => content.product.habit === 'dropped' && !isTrouble(content))
    .slice(-RECENT);
  if (candidates.length === 0) return drop(stage);
  const { agent: from, content } = random.pick(candidates);
  const others = agentsOf(content.product).filter((agent) => agent !== from);
  const agent = others.length > 0 ? random.pick(others) : from;
  const file = population.place(agent, content.product, content.serial, atMs - 300);
  return [beat(0, fimAlert({ change: 'added', mode: agent.isWindows ? 'scheduled' : 'realtime', file }))];
};

/** A lock file of zero bytes. */
export const dropEmpty: Scene = ({ population, random, atMs }) => {
  const agent = random.pick(agentsOf(EMPTY));
  const file = population.place(agent, EMPTY, population.nextSerial(EMPTY), atMs - 200);
  return [beat(0, fimAlert({ change: 'added', mode: 'realtime', file }))];
};

/** Old files are cleared away, one or a few at once. */
export const remove: Scene = (stage) => {
  const { population, random } = stage;
  const dropped = population.all().filter(({ content }) => content.product.habit === 'dropped');
  if (dropped.length < 12) return drop(stage);
  const oldest = dropped.slice(0, Math.max(8, dropped.length >> 2));
  const { agent } = random.pick(oldest);
  const victims: PlacedFile[] = oldest.filter((file) => file.agent === agent).slice(0, random.integer(1, 3));
  const beats: Beat[] = [];
  for (const [index, file] of victims.entries()) {
    population.remove(file);
    beats.push(
      beat(
        index * random.integer(40, 300),
        fimAlert({ change: 'deleted', mode: agent.isWindows ? 'scheduled' : 'realtime', file }),
      ),
    );
  }
  return beats.toSorted((a, b) => a.afterMs - b.afterMs);
};

function isTrouble({ standing }: Content): boolean {
  return standing === 'malicious' || standing === 'suspicious';
}
