import { MANAGER, type LabAgent } from '../world/agents.ts';
import type { AlertDraft } from './alert-draft.ts';
import { accessLogTime, plainTime, syslogTime } from './dates.ts';
import { NOISE_RULES, PROMISCUOUS, type LabRule } from './lab-rules.ts';

/** Everyday alerts that have nothing to do with files: most of what a manager writes. */

export function managerStarted(): AlertDraft {
  return {
    rule: NOISE_RULES.managerStarted,
    agent: MANAGER,
    location: 'wazuh-monitord',
    log: 'ossec: Manager started.',
    isLogInJson: true,
    decoder: { name: 'ossec' },
  };
}

export function agentConnected(agent: LabAgent): AlertDraft {
  const origin = `${agent.name}->${agent.ip ?? 'any'}`;
  return {
    rule: NOISE_RULES.agentConnected,
    agent,
    location: 'wazuh-agent',
    log: `ossec: Agent started: '${origin}'.`,
    isLogInJson: true,
    decoder: { parent: 'ossec', name: 'ossec' },
    fixedFields: { extra_data: origin },
  };
}

/** Somebody out there tries names. */
export function invalidUser(
  agent: LabAgent,
  atMs: number,
  from: string,
  user: string,
  port: number,
): AlertDraft {
  const log = `Failed password for invalid user ${user} from ${from} port ${port} ssh2`;
  return {
    ...syslog(NOISE_RULES.invalidUser, agent, atMs, `sshd[${port % 9000}]`, log),
    decoder: { parent: 'sshd', name: 'sshd' },
    fixedFields: { srcip: from, srcuser: user },
  };
}

export function failedLogin(agent: LabAgent, atMs: number, from: string, port: number): AlertDraft {
  const log = `Failed password for root from ${from} port ${port} ssh2`;
  return {
    ...syslog(NOISE_RULES.failedLogin, agent, atMs, `sshd[${port % 9000}]`, log),
    decoder: { parent: 'sshd', name: 'sshd' },
    fixedFields: { srcip: from, srcport: String(port), dstuser: 'root' },
  };
}

export function login(agent: LabAgent, atMs: number, from: string, port: number): AlertDraft {
  const log = `Accepted publickey for deploy from ${from} port ${port} ssh2: ED25519 SHA256:k1Zc0mYw3vQ`;
  return {
    ...syslog(NOISE_RULES.login, agent, atMs, `sshd[${port % 9000}]`, log),
    decoder: { parent: 'sshd', name: 'sshd' },
    fixedFields: { srcip: from, srcport: String(port), dstuser: 'deploy' },
  };
}

export function sessionOpened(agent: LabAgent, atMs: number): AlertDraft {
  const log = 'pam_unix(su-l:session): session opened for user root by deploy(uid=1000)';
  return {
    ...syslog(NOISE_RULES.sessionOpened, agent, atMs, 'su', log),
    decoder: { parent: 'pam', name: 'pam' },
    fixedFields: { srcuser: 'deploy', dstuser: 'root' },
    fields: { uid: '1000' },
  };
}

export function sessionClosed(agent: LabAgent, atMs: number): AlertDraft {
  const log = 'pam_unix(su-l:session): session closed for user root';
  return {
    ...syslog(NOISE_RULES.sessionClosed, agent, atMs, 'su', log),
    decoder: { parent: 'pam', name: 'pam' },
    fixedFields: { dstuser: 'root' },
  };
}

export function sudo(agent: LabAgent, atMs: number, command: string): AlertDraft {
  const log = `  deploy : TTY=pts/0 ; PWD=/home/deploy ; USER=root ; COMMAND=${command}`;
  return {
    ...syslog(NOISE_RULES.sudo, agent, atMs, 'sudo', log),
    decoder: { parent: 'sudo', name: 'sudo', ftscomment: 'First time user executed the sudo command' },
    fixedFields: { srcuser: 'deploy', dstuser: 'root' },
    fields: { tty: 'pts/0', pwd: '/home/deploy', command },
  };
}

export function webError(agent: LabAgent, atMs: number, from: string, url: string): AlertDraft {
  return {
    rule: NOISE_RULES.webError,
    agent,
    location: '/var/log/nginx/access.log',
    log: `${from} - - [${accessLogTime(atMs)}] "GET ${url} HTTP/1.1" 404 153 "-" "Mozilla/5.0 zgrab/0.x"`,
    isLogInJson: true,
    decoder: { name: 'web-accesslog' },
    fixedFields: { protocol: 'GET', srcip: from, id: '404', url },
  };
}

export function packageInstalled(agent: LabAgent, atMs: number, name: string, version: string): AlertDraft {
  return {
    rule: NOISE_RULES.packageInstalled,
    agent,
    location: '/var/log/dpkg.log',
    log: `${plainTime(atMs)} status installed ${name}:amd64 ${version}`,
    isLogInJson: true,
    decoder: { name: 'dpkg-decoder' },
    fields: { dpkg_status: 'status installed', package: name, arch: 'amd64', version },
  };
}

/** Somebody listens on the wire: the alert that a full scan by KES is bound to. */
export function promiscuousMode(agent: LabAgent, atMs: number): AlertDraft {
  return {
    ...syslog(PROMISCUOUS, agent, atMs, 'kernel', 'device eth0 entered promiscuous mode'),
    location: '/var/log/messages',
    decoder: { name: 'kernel' },
  };
}

function syslog(
  rule: LabRule,
  agent: LabAgent,
  atMs: number,
  program: string,
  message: string,
): Omit<AlertDraft, 'decoder'> {
  const timestamp = syslogTime(atMs - 600);
  const programName = program.replace(/\[\d+\]$/, '');
  return {
    rule,
    agent,
    location: '/var/log/auth.log',
    log: `${timestamp} ${agent.name} ${program}: ${message}`,
    isLogInJson: true,
    predecoder: { program_name: programName, timestamp, hostname: agent.name },
  };
}
