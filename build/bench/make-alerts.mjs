// Writes a believable alerts.json for measurements: sshd, PAM, sudo, web and audit alerts of a dozen agents and 5 % FIM
// events whose paths and files repeat across agents. The same size and seed give the same bytes.
//   node build/bench/make-alerts.mjs BYTES SEED FILE
import { closeSync, openSync, writeSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { alertMaker } from './alert-templates.mjs';

const FLUSH_AT = 4_194_304;

/** Returns what was written: { bytes, alerts, fimEvents }. Ends with the first whole line that reaches `bytes`. */
export function makeAlerts(bytes, seed, path) {
  const nextAlert = alertMaker(seed);
  const file = openSync(path, 'w');
  const made = { bytes: 0, alerts: 0, fimEvents: 0 };
  let pending = [];
  let pendingBytes = 0;
  try {
    while (made.bytes + pendingBytes < bytes) {
      const { line, isFim } = nextAlert(made.bytes + pendingBytes);
      pending.push(line);
      pendingBytes += Buffer.byteLength(line);
      made.alerts += 1;
      if (isFim) made.fimEvents += 1;
      if (pendingBytes >= FLUSH_AT) flush();
    }
    flush();
  } finally {
    closeSync(file);
  }
  return made;

  function flush() {
    const block = Buffer.from(pending.join(''));
    for (let written = 0; written < block.length;) written += writeSync(file, block, written);
    made.bytes += block.length;
    pending = [];
    pendingBytes = 0;
  }
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const [bytes, seed, path] = process.argv.slice(2);
  if (!Number(bytes) || !Number.isInteger(Number(seed)) || !path) {
    console.error('Usage: node build/bench/make-alerts.mjs BYTES SEED FILE');
    process.exit(2);
  }
  console.log(JSON.stringify(makeAlerts(Number(bytes), Number(seed), path)));
}
