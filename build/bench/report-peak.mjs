// Loaded before a measured program (`node --import`): leaves its peak memory, in KiB, where PEAK_FILE says.
import { readFileSync, writeFileSync } from 'node:fs';
import { isMainThread } from 'node:worker_threads';

if (isMainThread) process.on('exit', () => writeFileSync(process.env.PEAK_FILE, String(peakKiB())));

/** On Linux the high-water mark of this program alone: getrusage() starts with that of the process that started it. */
function peakKiB() {
  if (process.platform !== 'linux') return process.resourceUsage().maxRSS;
  const mark = /^VmHWM:\s*(\d+) kB$/m.exec(readFileSync('/proc/self/status', 'utf8'));
  if (!mark) throw new Error('/proc/self/status names no VmHWM.');
  return Number(mark[1]);
}
