import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { z } from 'zod';
import { decodedAlerts, responsesOf, sendResponse } from '../../../builders/a-lab-agent.ts';
import { Labs } from '../../../builders/a-lab.ts';
import { Apis } from '../../../builders/an-api.ts';
import { liveAlerts } from '../../../builders/lab-files.ts';

let labs: Labs;
let apis: Apis;
beforeEach(() => {
  labs = new Labs();
  apis = new Apis();
});
afterEach(async () => {
  await apis.clean();
  await labs.clean();
});

test('the manager itself starts a full scan where its rule fires, and the response carries the alert', async () => {
  const lab = await labs.start();
  lab.agents.trigger('web-ams-1');
  await labs.clock.advance(5000);
  const trigger = liveAlerts(lab).find(({ rule }) => rule.id === '5104');
  const [ran] = responsesOf(lab, 'web-ams-1');
  expect(ran).toMatchObject({
    ruleId: '657',
    arguments: ['--full_scan'],
    trigger: { ruleId: '5104', timeMs: Date.parse(trigger?.timestamp ?? '') },
  });
  expect(lab.agents.look('001').kes?.tasks[1]?.startedMs).not.toBeNull();
});

test('an old agent ignores a response whose program it does not have', async () => {
  const lab = await labs.start();
  lab.agents.trigger('legacy-erp-1');
  await labs.clock.advance(5000);
  expect(responsesOf(lab, 'legacy-erp-1')).toEqual([]);
});

test('the alert id in a response is the trigger’s second, its offset sometimes that of the alert before', async () => {
  const lab = await labs.start();
  for (let fired = 0; fired < 30; fired += 1) {
    lab.agents.trigger('web-ams-1');
    await labs.clock.advance(5000);
  }
  const ids = liveAlerts(lab).map(({ id }) => id);
  const triggers = liveAlerts(lab).filter(({ rule }) => rule.id === '5104');
  const carried = responsesOf(lab, 'web-ams-1').flatMap(({ trigger }) => trigger?.alertId ?? []);
  const isRight = carried.map((id, place) => id === triggers[place]?.id);
  expect(new Set(isRight)).toEqual(new Set([true, false]));
  for (const [place, id] of carried.entries()) {
    const own = triggers[place]?.id ?? '';
    const before = ids[ids.indexOf(own) - 1] ?? '';
    expect([own, `${own.split('.')[0]}.${before.split('.')[1]}`]).toContain(id);
  }
});

test('the world’s own detections start scans now and then, the same for the same seed', async () => {
  const heard = async () => {
    const lab = await labs.start();
    lab.world.play('trouble', 40);
    await labs.clock.advance(90_000);
    return liveAlerts(lab)
      .filter(({ rule }) => rule.id === '657')
      .map(({ agent, full_log }) => `${agent.name} ${String(full_log).slice(0, 19)}`);
  };
  const first = await heard();
  expect(first.length).toBeGreaterThan(5);
  await labs.clean();
  labs = new Labs();
  expect(await heard()).toEqual(first);
});

test('KES removes what it detects from the world, and FIM sees it go', async () => {
  const lab = await labs.start();
  const { path, agentId } = lab.world.addFile({
    agent: 'web-ams-1',
    path: '/srv/upload/invoice.exe',
    content: 'bad',
    verdict: 'clean',
  });
  expect(agentId).toBe('001');
  lab.agents.infect('001', path);
  lab.agents.change('001', { action: 'Remove', fullScanMs: 10_000 });
  lab.agents.trigger('001');
  await labs.clock.advance(20_000);
  expect(lab.agents.look('001').planted).not.toHaveProperty(path);
});

test('a file of the world that is gone raises rule 553', async () => {
  const lab = await labs.start();
  lab.world.play('trouble', 40);
  await labs.clock.advance(180_000);
  const deleted = decodedAlerts(lab).filter(({ ruleId }) => ruleId === '553');
  expect(deleted.length).toBeGreaterThan(0);
});

test('what KES calls a file is what its engine says at VirusTotal', async () => {
  const lab = await labs.start();
  const wish = { agent: '001', content: 'very bad', verdict: 'malicious' } as const;
  const files = ['/srv/a.exe', '/srv/b.exe', '/srv/c.exe', '/srv/d.exe'].map((path) =>
    lab.world.addFile({ ...wish, path, content: path }),
  );
  const { planted } = lab.agents.look('001');
  for (const { path, hashes } of files) {
    const answer = await fetch(`${lab.virustotal.url}/api/v3/files/${hashes.sha256}`, {
      headers: { 'x-apikey': lab.virustotal.key },
    });
    const report = JSON.stringify(await answer.json());
    const kaspersky = /"Kaspersky":\{[^}]*"result":(?:"([^"]*)"|null)/.exec(report)?.[1] ?? '';
    expect(planted[path]).toBe(kaspersky);
  }
});

test('a machine stays as it was when the lab is closed and opened again', async () => {
  const lab = await labs.start();
  lab.agents.change('web-ams-2', { hasPython: false });
  lab.agents.change('web-ams-1', { licence: 'expired', isLockedByPolicy: true, fullScanMs: 5000 });
  lab.agents.infect('web-ams-1', '/srv/x', 'EICAR-Test-File');
  lab.agents.disconnect('db-fra-1');
  const before = ['001', '002', '004'].map((id) => lab.agents.look(id));
  const keys = lab.agents.ssh();
  await lab.close();
  const again = await labs.start({ folder: lab.folder });
  expect(['001', '002', '004'].map((id) => again.agents.look(id))).toEqual(before);
  expect(again.agents.ssh()).toEqual(keys);
});

test('what an agent was asked to do is kept within seconds, should the lab be killed', async () => {
  const lab = await labs.start({ agentScript: '#!/bin/sh\n' });
  await sendResponse(lab, apis, ['003'], {
    command: '!verdict-desk-kes',
    arguments: ['--order=full,abcdefgh12345678,as-set'],
  });
  await labs.clock.advance(3000);
  const kept: unknown = JSON.parse(readFileSync(join(lab.folder, 'simulated/lab.json'), 'utf8'));
  expect(kept).toMatchObject({
    agents: { '003': { followed: [{ token: 'abcdefgh12345678', task: 'Scan_My_Computer' }] } },
  });
});

test('another KES, or none, can be put on a machine', async () => {
  const lab = await labs.start();
  lab.agents.become('web-ams-2', '11.3.0.7441');
  lab.agents.become('web-ams-1', null);
  expect(lab.agents.look('002').kes?.tasks.map(({ name }) => name)).toContain('Critical_Areas_Scan');
  expect(lab.agents.look('001').kes).toBeNull();
});

test('the levers answer over HTTP and tell what they do not know', async () => {
  const lab = await labs.start();
  const pull = async (path: string, body: object) => {
    const answer = await fetch(`${lab.controlUrl}/lab/agents/${path}`, {
      method: 'POST',
      body: JSON.stringify(body),
    });
    return { status: answer.status, body: await answer.json() };
  };
  expect(await pull('change', { agent: '001', isKesUp: false })).toMatchObject({ status: 200 });
  expect(await pull('infect', { agent: '001', path: '/srv/y' })).toMatchObject({ status: 200 });
  expect(await pull('disconnect', { agent: 'web-ams-1' })).toMatchObject({ status: 200 });
  expect(await pull('look', { agent: '001' })).toMatchObject({
    body: { kes: { isServiceUp: false }, planted: { '/srv/y': 'EICAR-Test-File' } },
  });
  expect(await pull('trigger', { agent: '010' })).toMatchObject({
    status: 409,
    body: { error: { code: 'lab.unknown-agent' } },
  });
  expect(await pull('change', { agent: '001', action: 'Cure' })).toMatchObject({ status: 400 });
});

test('five hundred agents are listed, take orders and report, each once', async () => {
  const lab = await labs.start({ agents: 500, historyDays: 0 });
  const client = apis.clientOf(lab);
  const agents = z
    .array(z.object({ id: z.string(), version: z.string().optional() }))
    .parse(await client.list('/agents'));
  expect(agents).toHaveLength(501);
  const many = agents.flatMap(({ id, version }) =>
    Number(id) >= 15 && version === 'Wazuh v4.14.7' ? [id] : [],
  );
  expect(many.length).toBeGreaterThan(200);
  const { sent } = await sendResponse(lab, apis, many, {
    command: '!kaspersky',
    arguments: ['--full_scan'],
  });
  expect(sent).toEqual(many);
  await labs.clock.advance(4000);
  const ran = liveAlerts(lab).filter(({ rule }) => rule.id === '657');
  expect(ran.map(({ agent }) => agent.id).toSorted()).toEqual(many);
});
