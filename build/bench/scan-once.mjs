// Reads one alerts.json to its end with the record reader and prints what it found, how long it took and its peak memory.
import { closeSync, openSync, readSync } from 'node:fs';
import { createRecordReader } from '../../src-main/alerts/create-record-reader.ts';

const file = openSync(process.argv[2], 'r');
const counts = { alerts: 0, fimEvents: 0, malformed: 0 };
const start = performance.now();
const reader = createRecordReader('json', 0);
for (;;) {
  const space = reader.space();
  const length = readSync(file, space);
  if (length === 0) break;
  add(reader.push(space.subarray(0, length)));
}
add(reader.end());
const seconds = (performance.now() - start) / 1000;
closeSync(file);
console.log(JSON.stringify({ ...counts, seconds, peakKiB: process.resourceUsage().maxRSS }));

function add({ alerts, records, malformed }) {
  counts.alerts += alerts;
  counts.malformed += malformed.length;
  for (const { alert } of records) if (alert.kind === 'fim') counts.fimEvents += 1;
}
