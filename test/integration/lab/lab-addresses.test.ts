import { statSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { readLabAddresses } from '../../../src-main/lab/lab-addresses.ts';
import { Labs } from '../../builders/a-lab.ts';

let labs: Labs;
beforeEach(() => {
  labs = new Labs();
});
afterEach(() => labs.clean());

test('a running lab leaves its addresses in its folder, and takes them along when it closes', async () => {
  const lab = await labs.start();
  const { alertsJson, alertsLog } = lab.manager;
  const { controlUrl, virustotal, ssh, api } = lab;
  const virustotalUrl = `${virustotal.url}/api/v3`;
  expect(readLabAddresses(lab.folder)).toEqual({
    virustotalUrl,
    alertsJson,
    alertsLog,
    controlUrl,
    ssh: {
      host: ssh.host,
      port: ssh.port,
      user: ssh.user,
      password: ssh.password,
      keyPath: ssh.keyPath,
      fingerprint: ssh.fingerprint,
      prefix: '/var/ossec',
    },
    api: { url: api.url, user: api.user, password: api.password, fingerprint: api.fingerprint },
  });
  await lab.close();
  expect(readLabAddresses(lab.folder)).toBeNull();
});

test('the levers answer at the address that was left', async () => {
  const lab = await labs.start();
  const { controlUrl } = readLabAddresses(lab.folder) ?? {};
  const answer = await fetch(`${controlUrl}/lab/world/pause`, { method: 'POST' });
  expect(answer.status).toBe(200);
});

test('nobody else on the machine may read them', async ({ skip }) => {
  skip(process.platform === 'win32', 'Windows keeps no such permissions');
  const lab = await labs.start();
  expect(statSync(join(lab.folder, 'addresses.json')).mode & 0o777).toBe(0o600);
});
