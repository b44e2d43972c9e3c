// Measures following over SSH against Debian's own sshd on a loopback port: how fast a backlog becomes rows next to
// `ssh HOST cat FILE | wc -c` in the same run, at what peak memory, and how long an append takes to its row.
//   node build/bench/follow-remote.mjs [BYTES] [FOLDER] [--write]
// With --write the result goes into its section of docs/performance.md.
import { spawnSync } from 'node:child_process';
import { appendFileSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { AlertFollower } from '../../src-main/alerts/alert-follower.ts';
import { systemClock } from '../../src-main/app/clock.ts';
import { openStore } from '../../src-main/store/open-store.ts';
import { aFimJsonLine } from '../../test/builders/alert-lines.ts';
import { anSshHost, WITHOUT_STARTUP_FILES } from '../../test/builders/an-ssh-host.ts';
import { anSshd } from '../../test/builders/an-sshd.ts';
import { makeAlerts } from './make-alerts.mjs';
import { machine, writeSection } from './performance-page.mjs';

const DEFAULT_BYTES = 1_100_000_000;
const SEED = 7;
const ROUNDS = 3;
const APPENDS = 25;

const choices = process.argv.slice(2);
const [bytes = DEFAULT_BYTES, folder = tmpdir()] = choices.filter((choice) => choice !== '--write');
if (!(Number(bytes) > 0))
  throw new Error('Usage: node build/bench/follow-remote.mjs [BYTES] [FOLDER] [--write]');
const workFolder = mkdtempSync(join(folder, 'verdict-desk-bench-'));
try {
  const path = join(workFolder, 'alerts.json');
  const made = makeAlerts(Number(bytes), SEED, path);
  const rows = [];
  for (const isSftpOnly of [false, true]) {
    const sshd = await anSshd({ isSftpOnly, lines: [WITHOUT_STARTUP_FILES] });
    // A second one to compare with: over the first no program may be started, perhaps.
    const plain = await anSshd({ lines: [WITHOUT_STARTUP_FILES] });
    try {
      rows.push(await measure({ sshd, plain, path, size: made.bytes, isSftpOnly }));
    } finally {
      await sshd.stop();
      await plain.stop();
    }
  }
  if (choices.includes('--write')) write(made, rows);
} finally {
  rmSync(workFolder, { recursive: true, force: true });
}

async function measure({ sshd, plain, path, size, isSftpOnly }) {
  console.log(isSftpOnly ? '\nAn account that may only transfer files' : '\nAn account with a shell');
  const rounds = [];
  // Interleaved: what else the machine does then weighs on both.
  for (let round = 0; round < ROUNDS; round += 1) {
    rounds.push({ cat: catOverSsh(plain, path), backlog: await backlog(sshd, path, size) });
  }
  const cat = Math.min(...rounds.map((round) => round.cat));
  const ours = Math.min(...rounds.map((round) => round.backlog.seconds));
  const speed = (seconds) => `${(size / 1e6 / seconds).toFixed(0)} MB/s`;
  console.log(
    `  ssh cat | wc -c: ${speed(cat)}; backlog to rows: ${speed(ours)}, ${(ours / cat).toFixed(2)} × the time (aim: at most 2 ×)`,
  );
  const { processor, peak } = rounds.at(-1).backlog;
  console.log(`  of this process: ${processor.toFixed(1)} s of processor, peak memory ${mebibytes(peak)}`);
  const latencyMs = await latency(sshd);
  console.log(
    `  append to row: ${latencyMs} ms, the median of ${APPENDS} (aim: ${isSftpOnly ? '1,200' : '150'} ms)`,
  );
  return { cat: speed(cat), ours: speed(ours), ratio: (ours / cat).toFixed(2), processor, peak, latencyMs };
}

function mebibytes(bytesUsed) {
  return `${Math.round(bytesUsed / 2 ** 20)} MiB`;
}

function write({ bytes: size, alerts, fimEvents }, [shell, files]) {
  const row = (what, aim, tell) => `| ${what} | ${aim} | ${tell(shell)} | ${tell(files)} |`;
  writeSection(
    'A backlog over SSH',
    `Written by \`node build/bench/follow-remote.mjs ${bytes} --write\`. Debian's own sshd on a loopback port of the same machine;
the best of ${ROUNDS} rounds each, taken in turn.

A made-up alerts.json of ${(size / 1e9).toFixed(2)} GB: ${alerts.toLocaleString('en')} alerts, ${fimEvents.toLocaleString('en')} of them FIM events. ${machine()}.

| What | Aim | Account with a shell | Files only |
|---|---|---|---|
${[
  row('`ssh HOST cat FILE`, piped into `wc -c`', '', ({ cat }) => cat),
  row('backlog to committed, searchable rows', '', ({ ours }) => ours),
  row('time over that of `ssh cat`', 'at most 2 ×', ({ ratio }) => `${ratio} ×`),
  row('processor time of this process', '', ({ processor }) => `${processor.toFixed(1)} s`),
  row('peak memory of this process', '', ({ peak }) => mebibytes(peak)),
  row('append to row, median', '150 ms; 1,200 ms', ({ latencyMs }) => `${latencyMs} ms`),
].join('\n')}
`,
  );
  console.log('\nWritten to docs/performance.md.');
}

/** Seconds. */
function catOverSsh({ port, user, clientKey }, path) {
  const known = '-o StrictHostKeyChecking=no -o UserKnownHostsFile=/dev/null -o LogLevel=ERROR';
  const command = `ssh -F none ${known} -o IdentitiesOnly=yes -i ${clientKey.path} -p ${port} ${user}@127.0.0.1 cat ${path} | wc -c`;
  const startedAt = performance.now();
  const { stdout } = spawnSync('sh', ['-c', command], { encoding: 'utf8' });
  if (!(Number(stdout) > 0)) throw new Error('ssh read nothing.');
  return (performance.now() - startedAt) / 1000;
}

async function backlog(sshd, path, size) {
  const { follower, end } = await follow(sshd, path);
  const startedAt = performance.now();
  const before = process.cpuUsage();
  let peak = 0;
  follower.start();
  while (follower.status.counts.bytes < size) {
    if (follower.status.error) throw new Error(follower.status.error.message);
    await pause(20);
    peak = Math.max(peak, process.memoryUsage.rss());
  }
  const seconds = (performance.now() - startedAt) / 1000;
  const { user, system } = process.cpuUsage(before);
  await end();
  return { seconds, processor: (user + system) / 1e6, peak };
}

/** Milliseconds, as text. */
async function latency(sshd) {
  const path = join(mkdtempSync(join(workFolder, 'live-')), 'alerts.json');
  writeFileSync(path, '');
  const { follower, end } = await follow(sshd, path);
  follower.start();
  while (follower.status.state !== 'following') await pause(20);
  const times = [];
  for (let number = 0; number < APPENDS; number += 1) {
    // At odd moments between two looks.
    await pause(300 + ((number * 137) % 900));
    const startedAt = performance.now();
    appendFileSync(path, `${aFimJsonLine(number)}\n`);
    while (follower.status.counts.fimEvents <= number) await pause(1);
    times.push(performance.now() - startedAt);
  }
  await end();
  return times.toSorted((a, b) => a - b)[APPENDS >> 1].toFixed(1);
}

async function follow(sshd, path) {
  const { host, close } = await anSshHost(sshd);
  const store = openStore(mkdtempSync(join(workFolder, 'data-')));
  const source = { profile: 'bench', path, format: 'json', isFollowed: true, readsArchives: false };
  const follower = new AlertFollower({
    sourceId: store.sources.add(source),
    host,
    path,
    format: 'json',
    archives: false,
    journal: store.journal,
    clock: systemClock,
  });
  const end = async () => {
    await follower.stop();
    await close();
    store.close();
  };
  return { follower, end };
}
