import { fimAlert, type Actor } from '../../alerts/fim-alert.ts';
import { VIRUSTOTAL_RULES } from '../../alerts/lab-rules.ts';
import { kesTaskAlert, scanStartedAlerts } from '../../alerts/response-alert.ts';
import { agentByName, MANAGER, type LabAgent } from '../agents.ts';
import { takesJson } from '../../agents/agent-tree.ts';
import { agentsOf } from '../population.ts';
import { DETECTED, EICAR, TROUBLE, TURNING, type Product } from '../products.ts';
import { beat, type Beat, type Scene, type Stage } from '../scene.ts';
import { managerAnswer } from './manager-answer.ts';

/** A file that engines detect or suspect lands somewhere. */
export const trouble: Scene = (stage) => {
  const product = stage.random.pick(TROUBLE);
  return land(stage, product, stage.random.pick(agentsOf(product)), stage.random.chance(0.5));
};

/** A file that engines detect lands somewhere, and the manager's integration says so at once. */
export const detected: Scene = (stage) => {
  const product = stage.random.pick(DETECTED);
  return land(stage, product, stage.random.pick(agentsOf(product)), true);
};

/** The industry's test file on the shop's server: everybody knows what it should say. */
export const eicar: Scene = (stage) => {
  const agent = agentByName('web-ams-3');
  return agent ? land(stage, EICAR, agent, true) : trouble(stage);
};

/** The file that will turn malicious arrives, still clean, on two web servers. */
export const harmlessInvoice: Scene = (stage) => {
  const [first, second] = ['web-ams-1', 'web-ams-3'].map(agentByName);
  if (!first || !second) return trouble(stage);
  const later = stage.random.integer(3900, 5400);
  const fileOn = (agent: LabAgent, afterMs: number) =>
    stage.population.place(agent, TURNING, 1, stage.atMs + afterMs - 300);
  const file = fileOn(first, 0);
  return [
    beat(0, fimAlert({ change: 'added', mode: 'realtime', file })),
    ...managerAnswer(stage, file, { index: 0, afterMs: 0 }),
    beat(later, fimAlert({ change: 'added', mode: 'realtime', file: fileOn(second, later) })),
  ];
};

/** VirusTotal changed its mind about that file, and the manager's integration is the first to hear of it. */
export const invoiceTurns: Scene = (stage) => {
  const agent = agentByName('mail-ams-2');
  if (!agent) return trouble(stage);
  const file = stage.population.place(agent, TURNING, 1, stage.atMs - 300);
  stage.dossiers.change(file.content.hashes.sha256, { positives: 7, suspicious: 0 }, stage.atMs - 3_600_000);
  return [
    beat(0, fimAlert({ change: 'added', mode: 'realtime', file })),
    ...managerAnswer(stage, file, { index: 0, afterMs: 0 }),
  ];
};

function land(stage: Stage, product: Product, agent: LabAgent, isAnswered: boolean): Beat[] {
  const { population, random, atMs } = stage;
  const serial = product.path.includes('{n}') ? population.nextSerial(product) : 1;
  const file = population.place(agent, product, serial, atMs - 300);
  const isWatched = agent.role === 'web' || agent.isWindows;
  const added = fimAlert({
    change: 'added',
    mode: isWatched ? 'whodata' : 'realtime',
    file,
    ...(isWatched ? { actor: intruder(agent, random.integer(900, 30_000)) } : {}),
  });
  const answers = isAnswered ? managerAnswer(stage, file, { index: 0, afterMs: 0 }) : [];
  const scan =
    stage.isPast && random.chance(0.5) ? answers.flatMap((answer) => scanBeats(stage, agent, answer)) : [];
  return [beat(0, added), ...answers, ...scan];
}

/**
 * A detection by the manager's integration triggers a full scan by KES, which Windows agents have no wrapper for. That was
 * in the past: in the present the agents do it themselves.
 */
function scanBeats({ atMs }: Stage, agent: LabAgent, answer: Beat): Beat[] {
  if (agent.isWindows || !takesJson(agent) || answer.draft(['']).rule !== VIRUSTOTAL_RULES.detected)
    return [];
  const { afterMs } = answer;
  const started = (ids: readonly string[]) => {
    const [, id = ''] = ids;
    const draft = answer.draft(ids.slice(0, 1));
    const trigger = { draft, atMs: atMs + afterMs, id, firedTimes: 1, managerName: MANAGER.name };
    return scanStartedAlerts(agent, trigger, atMs + afterMs + 1200);
  };
  return [
    { afterMs: afterMs + 1300, draft: (ids) => started(ids)[0] },
    { afterMs: afterMs + 1350, draft: (ids) => started(ids)[1] },
    beat(afterMs + 2400, kesTaskAlert(agent, 'Started', atMs + afterMs + 2300)),
    beat(afterMs + 9500, kesTaskAlert(agent, 'Completed', atMs + afterMs + 9400)),
  ];
}

function intruder(agent: LabAgent, pid: number): Actor {
  if (agent.isWindows) {
    return {
      user: { id: 'S-1-5-21-1004336348-1177238915-682003330-1107', name: String.raw`LAB\hr-desk` },
      process: { id: String(pid), name: String.raw`C:\Program Files\Google\Chrome\Application\chrome.exe` },
    };
  }
  return {
    user: { id: '33', name: 'www-data' },
    process: { id: String(pid), name: '/usr/sbin/php-fpm8.2' },
    unix: {
      cwd: '/srv/www/shop',
      parentName: '/usr/sbin/php-fpm8.2',
      parentCwd: '/',
      parentId: String(pid - 3),
    },
  };
}
