import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';

/** Two starts at the same moment must not install or build into the same folder: the second waits for the first. */
export async function withLock(folder, work) {
  mkdirSync(dirname(folder), { recursive: true });
  while (!take(folder)) await wait(100);
  const release = () => rmSync(folder, { recursive: true, force: true });
  process.on('exit', release);
  try {
    return await work();
  } finally {
    process.off('exit', release);
    release();
  }
}

function take(folder) {
  try {
    mkdirSync(folder);
    writeFileSync(join(folder, 'pid'), String(process.pid));
    return true;
  } catch (error) {
    if (error.code !== 'EEXIST') throw error;
    if (!isHeld(folder)) rmSync(folder, { recursive: true, force: true });
    return false;
  }
}

/** A killed holder leaves its folder behind; its process number tells. */
function isHeld(folder) {
  const pid = readPid(folder);
  if (pid === null) return true;
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return error.code === 'EPERM';
  }
}

function readPid(folder) {
  try {
    return Number.parseInt(readFileSync(join(folder, 'pid'), 'utf8'), 10) || null;
  } catch {
    return null; // Between mkdir and the write of the number.
  }
}
