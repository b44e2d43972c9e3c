import * as alerts from '../../alerts/noise-alert.ts';
import type { Random } from '../../random.ts';
import { AGENTS, MANAGER } from '../agents.ts';
import { beat, type Scene } from '../scene.ts';

const LINUX = AGENTS.filter(({ isWindows }) => !isWindows);
const WEB = AGENTS.filter(({ role }) => role === 'web');
const NAMES = ['admin', 'oracle', 'test', 'ubuntu', 'ftpuser', 'git', 'minecraft', 'backup'];
const COMMANDS = ['/usr/bin/systemctl reload nginx', '/usr/bin/apt-get update', '/usr/bin/journalctl -u app'];
const URLS = ['/wp-login.php', '/.env', '/phpmyadmin/index.php', '/api/v1/orders/91877', '/favicon.ico'];

/** What fills most of an alert file: logins, sudo, scanners at the door. */
export const noise: Scene = ({ random, atMs }) => {
  const kind = random.weighted([
    [30, 'guess'],
    [10, 'failed'],
    [12, 'login'],
    [14, 'session'],
    [10, 'sudo'],
    [22, 'web'],
    [1, 'reconnect'],
  ] as const);
  const agent = random.chance(0.06) ? MANAGER : random.pick(LINUX);
  const port = random.integer(33_000, 60_900);
  switch (kind) {
    case 'guess':
      return [beat(0, alerts.invalidUser(agent, atMs, stranger(random), random.pick(NAMES), port))];
    case 'failed':
      return [beat(0, alerts.failedLogin(agent, atMs, stranger(random), port))];
    case 'login':
      return [beat(0, alerts.login(agent, atMs, '10.20.0.5', port))];
    case 'session':
      return [beat(0, alerts.sessionOpened(agent, atMs)), beat(800, alerts.sessionClosed(agent, atMs + 800))];
    case 'sudo':
      return [beat(0, alerts.sudo(agent, atMs, random.pick(COMMANDS)))];
    case 'web':
      return [beat(0, alerts.webError(random.pick(WEB), atMs, stranger(random), random.pick(URLS)))];
    case 'reconnect':
      return [beat(0, alerts.agentConnected(random.pick(AGENTS)))];
  }
};

/** An address of the ranges that documentation may use. */
function stranger(random: Random): string {
  const range = random.pick(['203.0.113', '198.51.100', '192.0.2']);
  return `${range}.${random.integer(1, 254)}`;
}
