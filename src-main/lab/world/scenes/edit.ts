import { fimAlert, type Actor } from '../../alerts/fim-alert.ts';
import type { Random } from '../../random.ts';
import type { PlacedFile } from '../population.ts';
import { beat, type Scene } from '../scene.ts';

/** Somebody changes a configuration file or a script; who-data tells who where it is switched on. */
export const edit: Scene = ({ population, random, atMs }) => {
  const before = random.pick(population.all().filter(({ content }) => content.product.habit === 'edited'));
  const { product } = before.content;
  const file = population.place(before.agent, product, population.nextSerial(product), atMs - 400);
  const hasWhodata = before.agent.role === 'web' || before.agent.role === 'database';
  const draft = fimAlert({
    change: 'modified',
    mode: before.agent.isWindows ? 'scheduled' : hasWhodata ? 'whodata' : 'realtime',
    file,
    before,
    ...(hasWhodata ? { actor: editor(file, random) } : {}),
    ...(before.agent.isWindows ? {} : { diff: difference(file, random) }),
  });
  return [beat(0, draft)];
};

/** Rights or times change, the bytes do not: nothing new to look up. */
export const touch: Scene = ({ population, random, atMs }) => {
  const before = random.pick(population.all().filter(({ agent }) => !agent.isWindows));
  const file = population.touch(before, {
    permissions: otherPermissions(before),
    modifiedMs: random.chance(0.3) ? atMs - 500 : before.modifiedMs,
  });
  return [beat(0, fimAlert({ change: 'modified', mode: 'realtime', file, before }))];
};

/** The world loses its rights, or gets them back. */
function otherPermissions({ permissions, content }: PlacedFile): string {
  const usual = content.product.permissions;
  const closed = `${usual.slice(0, 6)}---`;
  if (permissions !== usual) return usual;
  return closed === usual ? 'rw-r-----' : closed;
}

function editor(file: PlacedFile, random: Random): Actor {
  const parentId = random.integer(900, 30_000);
  return {
    user: { id: '1000', name: 'deploy' },
    process: {
      id: String(parentId + random.integer(1, 60)),
      name: random.pick(['/usr/bin/vim.basic', '/usr/bin/ansible', '/usr/bin/sed']),
    },
    unix: {
      cwd: file.path.slice(0, file.path.lastIndexOf('/')) || '/',
      parentName: '/usr/bin/bash',
      parentCwd: '/home/deploy',
      parentId: String(parentId),
    },
  };
}

const SETTINGS = ['keepalive_timeout', 'max_connections', 'log_level', 'client_max_body_size', 'retry_limit'];

function difference(file: PlacedFile, random: Random): string {
  const line = random.integer(3, 180);
  const setting = random.pick(SETTINGS);
  const old = random.integer(10, 90);
  return `${line}c${line}\n< ${setting} ${old};\n---\n> ${setting} ${old + file.content.serial};\n`;
}
