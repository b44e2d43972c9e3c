import { readFileSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { join } from 'node:path';
import { z } from 'zod';
import { listenOnLoopback } from './control/listen.ts';
import type { Lab, LabOptions } from './lab.ts';

/** Where the servers of a lab listen; 0: on a free port. */
export type LabPorts = Required<NonNullable<LabOptions['ports']>>;

const port = z.number().int().min(1).max(65_535);
const schema = z.object({ virustotal: port, ssh: port, api: port, control: port });

const fileIn = (folder: string): string => join(folder, 'ports.json');

/**
 * Machines keep their addresses: a lab that is started again listens where it did, so that connections to it and what
 * waits on them hold. What was asked for goes first; a port that another program took meanwhile becomes a free one.
 */
export async function portsToTake(folder: string, asked: LabOptions['ports'] = {}): Promise<LabPorts> {
  const kept = readKept(folder);
  const take = async (name: keyof LabPorts): Promise<number> => {
    const wanted = asked[name] ?? 0;
    const before = kept?.[name] ?? 0;
    return wanted === 0 && before !== 0 && (await isFree(before)) ? before : wanted;
  };
  return {
    virustotal: await take('virustotal'),
    ssh: await take('ssh'),
    api: await take('api'),
    control: await take('control'),
  };
}

export function keepPorts({ folder, virustotal, ssh, api, controlUrl }: Lab): void {
  const ports: LabPorts = {
    virustotal: portOf(virustotal.url),
    ssh: ssh.port,
    api: portOf(api.url),
    control: portOf(controlUrl),
  };
  writeFileSync(fileIn(folder), JSON.stringify(ports), { mode: 0o600 });
}

function portOf(url: string): number {
  return Number(new URL(url).port);
}

function readKept(folder: string): LabPorts | null {
  try {
    return schema.parse(JSON.parse(readFileSync(fileIn(folder), 'utf8')));
  } catch {
    return null;
  }
}

async function isFree(candidate: number): Promise<boolean> {
  const server = createServer();
  try {
    await listenOnLoopback(server, candidate);
  } catch {
    return false;
  }
  await new Promise<void>((resolve) => server.close(() => resolve()));
  return true;
}
