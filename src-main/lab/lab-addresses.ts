import { readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';
import type { Lab } from './lab.ts';

/**
 * Where a running lab is reached (`addresses.json` in its folder, readable by its user only): for whoever wants to pull
 * its levers while a window runs it, and for tests in other processes. It goes when the lab is closed; a killed lab
 * leaves it behind, and nobody answers there.
 */
const schema = z.object({
  /** With `/api/v3`: what the client is given. */
  virustotalUrl: z.url(),
  alertsJson: z.string(),
  alertsLog: z.string(),
  /** The manager over SSH; password and key open this lab and nothing else. */
  ssh: z.object({
    host: z.string(),
    port: z.number(),
    user: z.string(),
    password: z.string(),
    keyPath: z.string(),
    fingerprint: z.string(),
    prefix: z.string(),
  }),
  api: z.object({ url: z.url(), user: z.string(), password: z.string(), fingerprint: z.string() }),
  /** `POST <controlUrl>/lab/world/pause` and the like; an unknown path lists them. */
  controlUrl: z.url(),
});
export type LabAddresses = z.infer<typeof schema>;

const fileIn = (folder: string): string => join(folder, 'addresses.json');

export function announceLab({ folder, virustotal, manager, ssh, api, controlUrl }: Lab): void {
  const { host, port, user, password, keyPath, fingerprint, prefix } = ssh;
  const addresses: LabAddresses = {
    virustotalUrl: `${virustotal.url}/api/v3`,
    alertsJson: manager.alertsJson,
    alertsLog: manager.alertsLog,
    ssh: { host, port, user, password, keyPath, fingerprint, prefix },
    api: { url: api.url, user: api.user, password: api.password, fingerprint: api.fingerprint },
    controlUrl,
  };
  withdrawLab(folder); // A mode is given to new files only.
  writeFileSync(fileIn(folder), JSON.stringify(addresses), { mode: 0o600 });
}

export function withdrawLab(folder: string): void {
  rmSync(fileIn(folder), { force: true });
}

/** The lab that runs in a folder; null when none does. */
export function readLabAddresses(folder: string): LabAddresses | null {
  try {
    return schema.parse(JSON.parse(readFileSync(fileIn(folder), 'utf8')));
  } catch {
    return null;
  }
}
