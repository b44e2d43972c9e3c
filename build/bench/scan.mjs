// Measures scan and decode of a generated alerts.json against wc -l and jq, in one run on one file. Prints ratios.
//   node build/bench/scan.mjs [BYTES] [FOLDER]
import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { makeAlerts } from './make-alerts.mjs';

const DEFAULT_BYTES = 1_100_000_000;
const SEED = 7;
const ROUNDS = 5;

/** { bytes, alerts, fimEvents, seconds: { wc, jq, ours }, peakKiB: { node, ours } }; jq is null where it is not installed. */
export function measureScan(bytes = DEFAULT_BYTES, folder = tmpdir()) {
  const workFolder = mkdtempSync(join(folder, 'verdict-desk-bench-'));
  const file = join(workFolder, 'alerts.json');
  try {
    const made = makeAlerts(bytes, SEED, file);
    // Interleaved, and the best of each: what else the machine does then weighs on all alike.
    const rounds = Array.from({ length: ROUNDS }, () => ({
      wc: timed('wc', ['-l', file]),
      ours: scanOnce(file),
    }));
    for (const { ours } of rounds) checkCounts(ours, made);
    return {
      ...made,
      seconds: {
        wc: Math.min(...rounds.map(({ wc }) => wc)),
        ours: Math.min(...rounds.map(({ ours }) => ours.seconds)),
        jq: hasJq() ? timed('jq', ['-c', 'select(.syscheck)', file]) : null,
      },
      peakKiB: { node: idlePeak(), ours: Math.max(...rounds.map(({ ours }) => ours.peakKiB)) },
    };
  } finally {
    rmSync(workFolder, { recursive: true, force: true });
  }
}

function checkCounts(counted, made) {
  if (counted.alerts !== made.alerts || counted.fimEvents !== made.fimEvents || counted.malformed !== 0) {
    throw new Error(`Read ${JSON.stringify(counted)} where ${JSON.stringify(made)} was written.`);
  }
}

function scanOnce(file) {
  return JSON.parse(run(process.execPath, [fileURLToPath(new URL('scan-once.mjs', import.meta.url)), file]));
}

function idlePeak() {
  return Number(run(process.execPath, ['-e', 'console.log(process.resourceUsage().maxRSS)']));
}

function hasJq() {
  return spawnSync('jq', ['--version']).status === 0;
}

function timed(command, args) {
  const start = performance.now();
  const { status } = spawnSync(command, args, { stdio: ['ignore', 'ignore', 'inherit'] });
  if (status !== 0) throw new Error(`${command} failed.`);
  return (performance.now() - start) / 1000;
}

function run(command, args) {
  const { status, stdout } = spawnSync(command, args, {
    stdio: ['ignore', 'pipe', 'inherit'],
    encoding: 'utf8',
  });
  if (status !== 0) throw new Error(`${args[0]} failed.`);
  return stdout;
}

function ratio(value) {
  return `${value.toFixed(1)}×`;
}

function report({ bytes, alerts, fimEvents, seconds, peakKiB }) {
  console.log(`${bytes} bytes, ${alerts} alerts, ${fimEvents} FIM events`);
  console.log(`wc -l            ${seconds.wc.toFixed(2)} s`);
  console.log(`scan and decode  ${seconds.ours.toFixed(2)} s = ${ratio(seconds.ours / seconds.wc)} wc -l`);
  if (seconds.jq === null) console.log('jq               not installed');
  else console.log(`jq               ${seconds.jq.toFixed(2)} s = ${ratio(seconds.jq / seconds.ours)} ours`);
  console.log(
    `peak memory      ${Math.round(peakKiB.ours / 1024)} MiB = ${ratio(peakKiB.ours / peakKiB.node)} node -e 0`,
  );
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const [bytes, folder] = process.argv.slice(2);
  report(measureScan(bytes === undefined ? undefined : Number(bytes), folder));
}
