// `npm run bench [-- BYTES [FOLDER]]`: every ratio in one run on this machine, printed and written to docs/performance.md.
import { tmpdir } from 'node:os';
import { ensureBundle } from '../bundle.mjs';
import { measureIngest } from './ingest.mjs';
import { machine, writeSection } from './performance-page.mjs';
import { measureScan } from './scan.mjs';

const [bytes = '1100000000', folder = tmpdir()] = process.argv.slice(2);
if (!(Number(bytes) > 0)) throw new Error('Usage: npm run bench [-- BYTES [FOLDER]]');

await ensureBundle(console.log);
console.log(
  `Writing and reading ${(Number(bytes) / 1e9).toFixed(2)} GB of alerts; this takes some minutes …`,
);
const scan = measureScan(Number(bytes), folder);
const ingest = measureIngest(Number(bytes), folder);

const times = (value) => (value === null ? 'not measured (jq is not installed)' : `${value.toFixed(1)} ×`);
const mebibytes = (kibibytes) => `${Math.round(kibibytes / 1024)} MiB`;
const scanPerJq = scan.seconds.jq === null ? null : scan.seconds.jq / scan.seconds.ours;
const rows = [
  ["scan and decode, as fast as `jq -c 'select(.syscheck)'`", 'at least 6 ×', times(scanPerJq)],
  ['scan and decode, time over `wc -l`', '', times(scan.seconds.ours / scan.seconds.wc)],
  [
    'file to committed, indexed, searchable rows, time over `wc -l`',
    'at most 9 ×',
    times(ingest.seconds.ingest / ingest.seconds.wc),
  ],
  [
    'peak memory of the whole ingest over `node -e 0`',
    'at most 3 ×',
    `${times(ingest.peakKiB.ingest / ingest.peakKiB.node)} (${mebibytes(ingest.peakKiB.ingest)})`,
  ],
];
const table = rows.map((cells) => `| ${cells.join(' | ')} |`).join('\n');

console.log(
  `\n${rows.map(([what, aim, found]) => `${what}: ${found}${aim ? ` (aim: ${aim})` : ''}`).join('\n')}`,
);
writeSection(
  'Reading a large file',
  `Written by \`npm run bench\`.

A made-up alerts.json of ${(scan.bytes / 1e9).toFixed(2)} GB: ${scan.alerts.toLocaleString('en')} alerts, ${scan.fimEvents.toLocaleString('en')} of them FIM events
(${((scan.fimEvents / scan.alerts) * 100).toFixed(1)} %). ${machine()}.

| What | Aim | Found |
|---|---|---|
${table}
`,
);
console.log('\nWritten to docs/performance.md.');
