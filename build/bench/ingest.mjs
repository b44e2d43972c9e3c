// Measures a backlog as an administrator meets it: alerts.json → committed, indexed, searchable rows, by the built
// command line in a process of its own. Prints ratios.
//   node build/bench/ingest.mjs [BYTES] [FOLDER]
import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { outFolder } from '../paths.mjs';
import { makeAlerts } from './make-alerts.mjs';

const DEFAULT_BYTES = 1_100_000_000;
const SEED = 7;
const ROUNDS = 5;
const REPORT_PEAK = fileURLToPath(new URL('report-peak.mjs', import.meta.url));

/** { bytes, alerts, fimEvents, seconds: { wc, ingest }, peakKiB: { node, ingest } }; the best of a few rounds. */
export function measureIngest(bytes = DEFAULT_BYTES, folder = tmpdir()) {
  const workFolder = mkdtempSync(join(folder, 'verdict-desk-bench-'));
  const file = join(workFolder, 'alerts.json');
  try {
    const made = makeAlerts(bytes, SEED, file);
    // Interleaved: what else the machine does then weighs on both.
    const rounds = Array.from({ length: ROUNDS }, (_, round) => ({
      wc: run('wc', ['-l', file]).seconds,
      ingest: ingestInto(join(workFolder, `data-${round}`), file, made),
    }));
    return {
      ...made,
      seconds: {
        wc: Math.min(...rounds.map(({ wc }) => wc)),
        ingest: Math.min(...rounds.map(({ ingest }) => ingest.seconds)),
      },
      peakKiB: {
        node: runMeasured(['-e', '0'], workFolder).peakKiB,
        ingest: Math.max(...rounds.map(({ ingest }) => ingest.peakKiB)),
      },
    };
  } finally {
    rmSync(workFolder, { recursive: true, force: true });
  }
}

/** A measurement counts only when every event arrived. */
function ingestInto(dataFolder, file, made) {
  const result = runMeasured(
    [join(outFolder, 'cli.js'), 'ingest', '--json', '--data', dataFolder, file],
    dataFolder,
  );
  const { alerts, fimEvents, malformed } = JSON.parse(result.output);
  if (alerts !== made.alerts || fimEvents !== made.fimEvents || malformed !== 0) {
    throw new Error(`Ingested ${result.output.trim()} where ${JSON.stringify(made)} was written.`);
  }
  rmSync(dataFolder, { recursive: true, force: true });
  return result;
}

function runMeasured(args, name) {
  const peakFile = `${name}.peak`;
  const result = run(process.execPath, ['--import', REPORT_PEAK, ...args], {
    ...process.env,
    PEAK_FILE: peakFile,
  });
  const peakKiB = Number(readFileSync(peakFile, 'utf8'));
  rmSync(peakFile);
  return { ...result, peakKiB };
}

function run(command, args, env = process.env) {
  const startedAt = performance.now();
  const { status, stdout, stderr, error } = spawnSync(command, args, {
    env,
    encoding: 'utf8',
    maxBuffer: 2 ** 24,
  });
  if (error) throw error;
  if (status !== 0) throw new Error(`${command} ended with ${status}: ${stderr}`);
  return { output: stdout, seconds: (performance.now() - startedAt) / 1000 };
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const [bytes, folder] = process.argv.slice(2);
  const { seconds, peakKiB } = measureIngest(bytes === undefined ? DEFAULT_BYTES : Number(bytes), folder);
  console.log(
    `ingest ${(seconds.ingest / seconds.wc).toFixed(1)} × wc -l, peak ${(peakKiB.ingest / peakKiB.node).toFixed(1)} × node -e 0`,
  );
}
