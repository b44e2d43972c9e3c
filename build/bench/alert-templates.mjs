// The lines of a made-up alerts.json, in the shape of a 4.14 manager (reference: wazuh.md section 3).
import { createHash } from 'node:crypto';

/** 2026-11-01T00:00:00Z; about seven alerts a second from then on. */
const FIRST_SECOND = 1_793_491_200;
const FIM_SHARE = 0.05;

const AGENTS = [
  ['001', 'web-01', '10.0.1.11'],
  ['002', 'web-02', '10.0.1.12'],
  ['003', 'db-01', '10.0.2.11'],
  ['004', 'mail-01', '10.0.3.11'],
  ['005', 'files-01', '10.0.3.12'],
  ['006', 'build-01', '10.0.4.11'],
  ['007', 'build-02', '10.0.4.12'],
  ['008', 'jump-01', '10.0.5.11'],
  ['009', 'monitor-01', '10.0.5.12'],
  ['010', 'registry-01', '10.0.6.11'],
  ['011', 'backup-01', '10.0.6.12'],
  ['012', 'vpn-01', '10.0.7.11'],
].map(([id, name, ip]) => ({ id, name, ip }));
const USERS = [
  'root',
  'deploy',
  'www-data',
  'postgres',
  'backup',
  'oracle',
  'admin',
  'test',
  'git',
  'ubuntu',
];
const FOLDERS = [
  '/etc',
  '/usr/bin',
  '/usr/sbin',
  '/usr/lib/x86_64-linux-gnu',
  '/var/www/html',
  '/srv/uploads',
  '/opt/app',
];
const NAMES = [
  'index',
  'config',
  'libssl',
  'report',
  'session',
  'update',
  'agent',
  'upload',
  'cache',
  'module',
  'setup',
];
const ENDINGS = ['.php', '.conf', '.so.3', '.pdf', '.tmp', '.sh', '', '.bin', '.dat', '.js', '.exe'];
const PATHS = 6000;
const FILES = 4000;

const COMPLIANCE_AUTH =
  '"gdpr":["IV_35.7.d","IV_32.2"],"gpg13":["7.1"],"hipaa":["164.312.b"],"nist_800_53":["AU.14","AC.7","AU.6"],"pci_dss":["10.2.4","10.2.5","10.6.1"],"tsc":["CC6.1","CC6.8","CC7.2","CC7.3"]';
const COMPLIANCE_FIM =
  '"pci_dss":["11.5"],"gpg13":["4.11"],"gdpr":["II_5.1.f"],"hipaa":["164.312.c.1","164.312.c.2"],"nist_800_53":["SI.7"],"tsc":["PI1.4","PI1.5","CC6.1","CC6.8","CC7.2","CC7.3"]';

/** A function that gives the next line; it is told the offset at which the line will stand, which is part of its id. */
export function alertMaker(seed) {
  const random = generator(seed);
  const files = Array.from({ length: FILES }, (_, index) => digestsOf(`${seed}:${index}`));
  const paths = Array.from({ length: PATHS }, (_, index) => pathOf(random, index));
  const makers = [sshd, sshd, sshd, pam, pam, sudo, web, web, audit];
  let number = 0;
  return (offset) => {
    const isFim = random() < FIM_SHARE;
    const moment = momentOf(number, offset, random);
    number += 1;
    const line = isFim ? fim(random, moment, paths, files) : pick(random, makers)(random, moment);
    return { line, isFim };
  };
}

/** mulberry32 */
function generator(seed) {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
}

function pick(random, list) {
  return list[Math.floor(random() * list.length)];
}

function whole(random, below) {
  return Math.floor(random() * below);
}

function digestsOf(content) {
  const digest = (algorithm) => createHash(algorithm).update(content).digest('hex');
  const md5 = digest('md5');
  return { md5, sha1: digest('sha1'), sha256: digest('sha256'), size: Number.parseInt(md5.slice(0, 5), 16) };
}

function pathOf(random, index) {
  return `${pick(random, FOLDERS)}/${pick(random, NAMES)}-${index}${pick(random, ENDINGS)}`;
}

function momentOf(number, offset, random) {
  const second = FIRST_SECOND + Math.floor(number / 7);
  const date = new Date(second * 1000 + whole(random, 1000));
  const clock = date.toISOString();
  return {
    id: `${second}.${offset}`,
    timestamp: clock.replace('Z', '+0000'),
    clock,
    firedTimes: (number % 900) + 1,
  };
}

function head(moment, rule, agent) {
  return `{"timestamp":"${moment.timestamp}","rule":{${rule.replace('$N', moment.firedTimes)}},"agent":{"id":"${agent.id}","name":"${agent.name}","ip":"${agent.ip}"},"manager":{"name":"manager-01"},"id":"${moment.id}",`;
}

/** `Nov 01 00:00:07`, as syslog writes it. */
function syslogDate(moment) {
  return `Nov ${moment.clock.slice(8, 10)} ${moment.clock.slice(11, 19)}`;
}

function syslogAlert(moment, agent, { rule, program, words, data, decoder }) {
  const date = syslogDate(moment);
  const log = `${date} ${agent.name} ${program}: ${words}`;
  return `${head(moment, rule, agent)}"full_log":${JSON.stringify(log)},"predecoder":{"program_name":"${program.split('[')[0]}","timestamp":"${date}","hostname":"${agent.name}"},"decoder":${decoder},"data":${JSON.stringify(data)},"location":"/var/log/secure"}\n`;
}

function sshd(random, moment) {
  const agent = pick(random, AGENTS);
  const user = pick(random, USERS);
  const srcip = `203.0.113.${whole(random, 256)}`;
  const srcport = String(1024 + whole(random, 60_000));
  const rule = `"level":5,"description":"sshd: Attempt to login using a non-existent user","id":"5710","mitre":{"id":["T1110.001","T1021.004"],"tactic":["Credential Access","Lateral Movement"],"technique":["Password Guessing","SSH"]},"firedtimes":$N,"mail":false,"groups":["syslog","sshd","authentication_failed","invalid_login"],${COMPLIANCE_AUTH}`;
  const words = `Failed password for invalid user ${user} from ${srcip} port ${srcport} ssh2`;
  const program = `sshd[${1000 + whole(random, 60_000)}]`;
  const data = { srcip, srcport, srcuser: user };
  const decoder = '{"parent":"sshd","name":"sshd"}';
  return syslogAlert(moment, agent, { rule, program, words, data, decoder });
}

function pam(random, moment) {
  const agent = pick(random, AGENTS);
  const user = pick(random, USERS);
  const rule = `"level":3,"description":"PAM: Login session opened.","id":"5501","mitre":{"id":["T1078"],"tactic":["Defense Evasion","Persistence","Privilege Escalation","Initial Access"],"technique":["Valid Accounts"]},"firedtimes":$N,"mail":false,"groups":["pam","syslog","authentication_success"],${COMPLIANCE_AUTH}`;
  const words = `pam_unix(sshd:session): session opened for user ${user}(uid=${1000 + whole(random, 50)}) by (uid=0)`;
  const data = { dstuser: `${user}(uid=1000)`, uid: '0' };
  const program = `sshd[${1000 + whole(random, 60_000)}]`;
  return syslogAlert(moment, agent, { rule, program, words, data, decoder: '{"parent":"pam","name":"pam"}' });
}

function sudo(random, moment) {
  const agent = pick(random, AGENTS);
  const user = pick(random, USERS);
  const command = `/usr/bin/systemctl restart ${pick(random, NAMES)}.service`;
  const rule = `"level":3,"description":"Successful sudo to ROOT executed.","id":"5402","mitre":{"id":["T1548.003"],"tactic":["Privilege Escalation","Defense Evasion"],"technique":["Sudo and Sudo Caching"]},"firedtimes":$N,"mail":false,"groups":["syslog","sudo"],${COMPLIANCE_AUTH}`;
  const words = `  ${user} : TTY=pts/${whole(random, 9)} ; PWD=/home/${user} ; USER=root ; COMMAND=${command}`;
  const data = { srcuser: user, dstuser: 'root', tty: 'pts/0', pwd: `/home/${user}`, command };
  const decoder = '{"parent":"sudo","name":"sudo","ftscomment":"First time user executed the sudo command"}';
  return syslogAlert(moment, agent, { rule, program: 'sudo', words, data, decoder });
}

function web(random, moment) {
  const agent = pick(random, AGENTS);
  const srcip = `198.51.100.${whole(random, 256)}`;
  const url = `/${pick(random, NAMES)}/${whole(random, 10_000)}.php?page=${whole(random, 100)}&sort=desc`;
  const rule = `"level":5,"description":"Web server 400 error code.","id":"31101","firedtimes":$N,"mail":false,"groups":["web","accesslog","attack"],${COMPLIANCE_AUTH}`;
  const log = `${srcip} - - [01/Nov/2026:${moment.clock.slice(11, 19)} +0000] "GET ${url} HTTP/1.1" 404 ${200 + whole(random, 900)} "https://shop.example.com/catalogue" "Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0"`;
  const data = { protocol: 'GET', srcip, id: '404', url };
  return `${head(moment, rule, agent)}"full_log":${JSON.stringify(log)},"decoder":{"name":"web-accesslog"},"data":${JSON.stringify(data)},"location":"/var/log/nginx/access.log"}\n`;
}

function audit(random, moment) {
  const agent = pick(random, AGENTS);
  const pid = 1000 + whole(random, 60_000);
  const exe = `/usr/bin/${pick(random, NAMES)}`;
  const rule = `"level":3,"description":"Audit: Command: ${exe}.","id":"80792","firedtimes":$N,"mail":false,"groups":["audit","audit_command"],"gdpr":["IV_30.1.g"]`;
  const log = `type=SYSCALL msg=audit(${moment.id}:${pid}): arch=c000003e syscall=59 success=yes exit=0 a0=55d6 a1=55d7 a2=55d8 a3=8 items=2 ppid=${pid - 1} pid=${pid} auid=1000 uid=0 gid=0 euid=0 suid=0 fsuid=0 egid=0 sgid=0 fsgid=0 tty=pts0 ses=3 comm="${exe.slice(9)}" exe="${exe}" key="audit-wazuh-c" type=CWD msg=audit(${moment.id}:${pid}): cwd="/root"`;
  const data = {
    audit: {
      type: 'SYSCALL',
      id: String(pid),
      arch: 'c000003e',
      syscall: '59',
      success: 'yes',
      exit: '0',
      ppid: String(pid - 1),
      pid: String(pid),
      auid: '1000',
      uid: '0',
      gid: '0',
      tty: 'pts0',
      command: exe.slice(9),
      exe,
      key: 'audit-wazuh-c',
      cwd: '/root',
    },
  };
  return `${head(moment, rule, agent)}"full_log":${JSON.stringify(log)},"decoder":{"parent":"auditd","name":"auditd"},"data":${JSON.stringify(data)},"location":"/var/log/audit/audit.log"}\n`;
}

const RULES = {
  added: '"level":5,"description":"File added to the system.","id":"554",',
  modified:
    '"level":7,"description":"Integrity checksum changed.","id":"550","mitre":{"id":["T1565.001"],"tactic":["Impact"],"technique":["Stored Data Manipulation"]},',
  deleted:
    '"level":7,"description":"File deleted.","id":"553","mitre":{"id":["T1070.004","T1485"],"tactic":["Defense Evasion","Impact"],"technique":["File Deletion","Data Destruction"]},',
};
const DECODERS = {
  added: 'syscheck_new_entry',
  modified: 'syscheck_integrity_changed',
  deleted: 'syscheck_deleted',
};

function fim(random, moment, paths, files) {
  const agent = pick(random, AGENTS);
  const draw = random();
  const event = draw < 0.35 ? 'added' : draw < 0.9 ? 'modified' : 'deleted';
  const after = pick(random, files);
  const before = event === 'modified' ? pick(random, files) : null;
  const path = pick(random, paths);
  const date = moment.clock.slice(0, 19);
  const inode = 100_000 + whole(random, 9_000_000);
  const rule = `${RULES[event]}"firedtimes":$N,"mail":false,"groups":["ossec","syscheck","syscheck_entry_${event}","syscheck_file"],${COMPLIANCE_FIM}`;
  const changed = before ? '"changed_attributes":["size","mtime","md5","sha1","sha256"],' : '';
  return `${head(moment, rule, agent)}"full_log":${JSON.stringify(fimLog(path, event, before, after))},"syscheck":{"path":"${path}","mode":"realtime",${pair('size', before, after)}"perm_after":"rw-r--r--","uid_after":"0","gid_after":"0",${pair('md5', before, after)}${pair('sha1', before, after)}${pair('sha256', before, after)}"uname_after":"root","gname_after":"root",${before ? `"mtime_before":"${date}",` : ''}"mtime_after":"${date}","inode_after":${inode},${changed}"event":"${event}"},"decoder":{"name":"${DECODERS[event]}"},"location":"syscheck"}\n`;
}

function pair(name, before, after) {
  return `${before ? `"${name}_before":"${before[name]}",` : ''}"${name}_after":"${after[name]}",`;
}

function fimLog(path, event, before, after) {
  const first = `File '${path}' ${event}\nMode: realtime\n`;
  if (!before) return first;
  const digests = ['md5', 'sha1', 'sha256'].map(
    (name) => `Old ${name}sum was: '${before[name]}'\nNew ${name}sum is : '${after[name]}'\n`,
  );
  return `${first}Changed attributes: size,mtime,md5,sha1,sha256\nSize changed from '${before.size}' to '${after.size}'\n${digests.join('')}`;
}
