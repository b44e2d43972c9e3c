import { existsSync, globSync, readFileSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, onTestFinished, test } from 'vitest';
import { describeLab } from '../../../src-main/lab/describe-lab.ts';
import { DEMO_PACE, type Lab } from '../../../src-main/lab/lab.ts';
import { Labs } from '../../builders/a-lab.ts';
import { datedFiles, inodeOf, labAlerts, liveAlerts, type LabAlert } from '../../builders/lab-files.ts';

let labs: Labs;
beforeEach(() => {
  labs = new Labs();
});
afterEach(() => labs.clean());

describe('the past of a new lab', () => {
  test('fills the days before the present, working days with 40 to 70 FIM events', async () => {
    const lab = await labs.start({ historyDays: 14 });
    const byDay = Map.groupBy(labAlerts(lab).filter(isFim), ({ timestamp }) => timestamp.slice(0, 10));
    const wholeDays = [...byDay].slice(1, -1).filter(([day]) => !isWeekend(day));
    const mean = wholeDays.reduce((sum, [, events]) => sum + events.length, 0) / wholeDays.length;
    expect(byDay.size).toBe(15);
    expect(mean).toBeGreaterThan(40);
    expect(mean).toBeLessThan(70);
  });

  test('holds every kind of change on every agent, Windows and MD5-only ones included', async () => {
    const lab = await labs.start({ historyDays: 30 });
    const events = labAlerts(lab).filter(isFim);
    expect(new Set(events.map(({ agent }) => agent.name)).size).toBe(12);
    const kinds = new Set(
      events.map(({ syscheck }) => `${String(syscheck?.['event'])} ${String(syscheck?.['mode'])}`),
    );
    expect([...kinds]).toEqual(
      expect.arrayContaining([
        'added realtime',
        'modified whodata',
        'deleted realtime',
        'modified scheduled',
      ]),
    );
    expect(events.some(({ syscheck }) => syscheck && 'win_perm_after' in syscheck)).toBe(true);
    expect(events.some(({ syscheck }) => syscheck && 'value_name' in syscheck)).toBe(true);
    expect(events.some(({ syscheck }) => syscheck?.['size_after'] === '0')).toBe(true);
    const legacy = events.filter(({ agent }) => agent.name === 'legacy-erp-1');
    expect(legacy.length).toBeGreaterThan(0);
    expect(legacy.some(({ syscheck }) => syscheck && 'sha256_after' in syscheck)).toBe(false);
  });

  test('the same file is on several agents, and past days are archived', async () => {
    const lab = await labs.start({ historyDays: 14 });
    const agentsByHash = Map.groupBy(
      labAlerts(lab).filter(isFim),
      ({ syscheck }) => syscheck?.['sha256_after'],
    );
    const spread = [...agentsByHash.values()].map(
      (events) => new Set(events.map(({ agent }) => agent.id)).size,
    );
    expect(Math.max(...spread)).toBeGreaterThan(2);
    const alerts = join(lab.manager.root, 'logs/alerts/2026/Nov');
    expect(globSync('*.json.gz', { cwd: alerts })).toHaveLength(14);
    expect(globSync('*.json', { cwd: alerts })).toEqual(['ossec-alerts-17.json']);
    expect(inodeOf(lab.manager.alertsJson)).toMatchObject({ links: 2 });
  });

  test('VirusTotal knows most files, not all, and detects a few', async () => {
    const lab = await labs.start({ historyDays: 14 });
    lab.virustotal.control.setLimits({ perMinute: 100_000, perDay: null, perMonth: null });
    const hashes = distinctHashes(lab);
    const counts = { known: 0, unknown: 0, malicious: 0, suspicious: 0 };
    for (const hash of hashes) {
      const answer = await ask(lab, hash);
      if (answer.status === 404) counts.unknown += 1;
      else counts.known += 1;
      const stats = answer.status === 200 ? (await answer.json()).data.attributes.last_analysis_stats : null;
      if (stats?.malicious > 0) counts.malicious += 1;
      else if (stats?.suspicious > 0) counts.suspicious += 1;
    }
    expect(counts.known).toBeGreaterThan(100);
    expect(counts.unknown).toBeGreaterThan(50);
    expect(counts.malicious).toBeGreaterThan(0);
    expect(counts.suspicious).toBeGreaterThan(0);
    expect(counts.malicious + counts.suspicious).toBeLessThan(hashes.length / 10);
  });
});

describe('the same seed and clock', () => {
  test('give the same bytes; another seed gives another world', async () => {
    const [one, same, other] = [await labs.start(), await labs.start(), await labs.start({ seed: 8 })];
    for (const lab of [one, same, other]) lab.world.play('everyday', 40);
    expect(bytes(same)).toEqual(bytes(one));
    expect(bytes(other)).not.toEqual(bytes(one));
  });

  test('live worlds agree, too', async () => {
    const one = await labs.start({ pace: DEMO_PACE });
    const same = await labs.start({ pace: DEMO_PACE });
    await labs.clock.advance(120_000);
    expect(liveAlerts(one).length).toBeGreaterThan(40);
    expect(bytes(same)).toEqual(bytes(one));
  });
});

describe('the live world', () => {
  test('something happens every one to three seconds', async () => {
    const lab = await labs.start({ pace: DEMO_PACE });
    const before = liveAlerts(lab).length;
    await labs.clock.advance(60_000);
    const grown = liveAlerts(lab).length - before;
    expect(grown).toBeGreaterThan(20);
    expect(grown).toBeLessThan(150);
  });

  test('within ten seconds of the first start a detected file lands', async () => {
    const lab = await labs.start({ pace: DEMO_PACE });
    const before = liveAlerts(lab).length;
    await labs.clock.advance(10_000);
    const fresh = liveAlerts(lab).slice(before).filter(isFim);
    const positives = await Promise.all(
      fresh.map(async ({ syscheck }) => positivesOf(lab, String(syscheck?.['sha256_after']))),
    );
    expect(Math.max(...positives)).toBeGreaterThan(40);
  });

  test('a file that came clean turns malicious soon after, once in a life of the lab', async () => {
    const lab = await labs.start({ historyDays: 14, pace: DEMO_PACE });
    const invoices = () =>
      labAlerts(lab).filter(({ syscheck }) => syscheck?.['path'] === '/srv/upload/invoice_2291.exe');
    const hash = String(invoices()[0]?.syscheck?.['sha256_after']);
    expect(new Set(invoices().map(({ agent }) => agent.name))).toEqual(new Set(['web-ams-1', 'web-ams-3']));
    expect(await positivesOf(lab, hash)).toBe(0);
    await labs.clock.advance(60_000);
    expect(await positivesOf(lab, hash)).toBe(7);
    expect(invoices().some(({ agent }) => agent.name === 'mail-ams-2')).toBe(true);
  });

  test('a pause is a pause, and a scene under way is written to its end', async () => {
    const lab = await labs.start({ pace: DEMO_PACE });
    await labs.clock.advance(20_000);
    await lab.world.pause();
    // Scans that the scenes caused go on by themselves.
    await labs.clock.advance(120_000);
    const quiet = liveAlerts(lab).length;
    await labs.clock.advance(60_000);
    expect(liveAlerts(lab)).toHaveLength(quiet);
    lab.world.resume();
    await labs.clock.advance(20_000);
    expect(liveAlerts(lab).length).toBeGreaterThan(quiet);
  });

  test('accelerated time dates the alerts and changes days, at the same pace', async () => {
    const lab = await labs.start({ pace: DEMO_PACE, speed: 3600 });
    await labs.clock.advance(60_000);
    const days = new Set(labAlerts(lab).map(({ timestamp }) => timestamp.slice(0, 10)));
    expect([...days]).toEqual(['2026-11-15', '2026-11-16', '2026-11-17', '2026-11-18', '2026-11-19']);
    expect(existsSync(join(lab.manager.root, 'logs/alerts/2026/Nov/ossec-alerts-18.json.gz'))).toBe(true);
  });
});

describe('a lab that is started again on its folder', () => {
  test('goes on where it was: nothing rewritten, no id twice, the manager started anew', async () => {
    const folder = labs.folder();
    const first = await labs.start({ folder, pace: DEMO_PACE });
    await labs.clock.advance(30_000);
    await first.close();
    const before = readFileSync(first.manager.alertsJson, 'utf8');
    const second = await labs.start({ folder, pace: DEMO_PACE });
    await labs.clock.advance(30_000);
    const after = readFileSync(second.manager.alertsJson, 'utf8');
    expect(after.startsWith(before)).toBe(true);
    const ids = labAlerts(second).map(({ id }) => id);
    expect(new Set(ids).size).toBe(ids.length);
    expect(liveAlerts(second).filter(({ rule }) => rule.id === '502')).toHaveLength(2);
  });

  test('is found where it was, so that connections to it hold; a port that was taken meanwhile is left', async () => {
    const folder = labs.folder();
    const first = await labs.start({ folder });
    await first.close();
    const second = await labs.start({ folder });
    expect([second.ssh.port, second.api.url, second.controlUrl, second.virustotal.url]).toEqual([
      first.ssh.port,
      first.api.url,
      first.controlUrl,
      first.virustotal.url,
    ]);
    await second.close();
    const squatter = createServer();
    await new Promise<void>((resolve) => squatter.listen(first.ssh.port, '127.0.0.1', resolve));
    onTestFinished(() => void squatter.close());
    const third = await labs.start({ folder });
    expect(third.ssh.port).not.toBe(first.ssh.port);
    expect(third.api.url).toBe(first.api.url);
  });

  test('makes up for the days it was closed', async () => {
    const folder = labs.folder();
    await (await labs.start({ folder, historyDays: 14 })).close();
    await labs.clock.advance(3 * 86_400_000);
    const lab = await labs.start({ folder, historyDays: 14 });
    const byDay = Map.groupBy(labAlerts(lab).filter(isFim), ({ timestamp }) => timestamp.slice(0, 10));
    const counts = ['2026-11-18', '2026-11-19'].map((day) => byDay.get(day)?.length ?? 0);
    expect(Math.min(...counts)).toBeGreaterThan(30);
    expect(byDay.has('2026-11-20')).toBe(true);
    expect(inodeOf(lab.manager.alertsJson)).toEqual(
      inodeOf(join(lab.manager.root, 'logs/alerts/2026/Nov/ossec-alerts-20.json')),
    );
  });

  test('still knows what VirusTotal was asked and what changed there', async () => {
    const folder = labs.folder();
    const first = await labs.start({ folder });
    first.world.play('drop', 40);
    const { hashes } = first.world.turnMalicious();
    const all = distinctHashes(first);
    first.virustotal.control.setLimits({ perMinute: 10_000, perDay: null, perMonth: null });
    const known = async (lab: Lab) => Promise.all(all.map(async (hash) => (await ask(lab, hash)).status));
    const statuses = await known(first);
    await first.close();
    await labs.clock.advance(3_600_000);
    const second = await labs.start({ folder });
    second.virustotal.control.setLimits({ perMinute: 10_000, perDay: null, perMonth: null });
    expect(await positivesOf(second, hashes.sha256)).toBe(7);
    expect(await known(second)).toEqual(statuses);
  });

  test('runs once only: a second lab on the folder is refused until the first is closed', async () => {
    const folder = labs.folder();
    const first = await labs.start({ folder });
    await expect(labs.start({ folder })).rejects.toMatchObject({ code: 'lab.held' });
    await first.close();
    await expect(labs.start({ folder })).resolves.toMatchObject({ folder });
  });

  test('refuses another seed and a damaged state, saying what to do', async () => {
    const folder = labs.folder();
    await (await labs.start({ folder })).close();
    await expect(labs.start({ folder, seed: 9 })).rejects.toMatchObject({ code: 'lab.other-seed' });
    writeFileSync(join(folder, 'simulated/lab.json'), '{"version":1');
    await expect(labs.start({ folder })).rejects.toMatchObject({
      code: 'lab.unreadable-state',
      remedy: expect.stringContaining('Delete'),
    });
  });
});

describe('levers of the world', () => {
  test('a file of choice is added, and VirusTotal says of it what was asked for', async () => {
    const lab = await labs.start();
    const added = lab.world.addFile({
      agent: 'web-ams-2',
      path: '/srv/upload/tool.exe',
      content: 'tool',
      verdict: 'malicious',
    });
    expect(liveAlerts(lab).at(-1)).toMatchObject({
      id: added.alertId,
      rule: { id: '554' },
      agent: { id: '002', name: 'web-ams-2' },
      syscheck: { path: '/srv/upload/tool.exe', sha256_after: added.hashes.sha256, size_after: '4' },
    });
    expect(await positivesOf(lab, added.hashes.sha256)).toBe(41);
    const unknown = lab.world.addFile({ agent: '005', path: '/etc/x', content: 'mine' });
    expect((await ask(lab, unknown.hashes.md5)).status).toBe(404);
    expect(() => lab.world.addFile({ agent: 'nobody', path: '/x', content: '' })).toThrow('no agent nobody');
  });

  test('midnight can be brought forward, and the day before is archived soon after', async () => {
    const lab = await labs.start();
    const before = inodeOf(lab.manager.alertsJson);
    lab.world.changeDay();
    expect(inodeOf(lab.manager.alertsJson)).toMatchObject({ links: 2, size: 0 });
    expect(inodeOf(lab.manager.alertsJson)?.inode).not.toBe(before?.inode);
    lab.world.play('noise');
    await labs.clock.advance(10_000);
    lab.world.play('noise');
    const november = join(lab.manager.root, 'logs/alerts/2026/Nov');
    expect(existsSync(join(november, 'ossec-alerts-17.json.gz'))).toBe(true);
    expect(existsSync(join(november, 'ossec-alerts-17.json'))).toBe(false);
    expect(liveAlerts(lab)[0]?.timestamp).toContain('2026-11-18T00:00:00');
  });

  test('the manager restarts in place: same file, counters begin again', async () => {
    const lab = await labs.start();
    const before = inodeOf(lab.manager.alertsLog)?.inode;
    lab.world.restart();
    expect(inodeOf(lab.manager.alertsLog)?.inode).toBe(before);
    expect(liveAlerts(lab).at(-1)).toMatchObject({ rule: { id: '502', firedtimes: 1 } });
  });

  test('all of them are reachable over HTTP, also while VirusTotal refuses connections', async () => {
    const lab = await labs.start();
    const pull = async (path: string, body: object = {}) => {
      const answer = await fetch(`${lab.controlUrl}/lab/${path}`, {
        method: 'POST',
        body: JSON.stringify(body),
      });
      return { status: answer.status, body: await answer.json() };
    };
    const wish = { agent: 'db-fra-2', path: '/tmp/x', content: 'x', verdict: 'clean' };
    const { body } = await pull('world/add-file', wish);
    expect(liveAlerts(lab).at(-1)?.id).toBe(body.alertId);
    await pull('virustotal/refuse');
    await expect(ask(lab, body.hashes.md5)).rejects.toThrow('fetch failed');
    await pull('virustotal/recover');
    expect((await ask(lab, body.hashes.md5)).status).toBe(200);
    const inode = inodeOf(lab.manager.alertsJson)?.inode;
    await pull('world/rotate');
    expect(inodeOf(lab.manager.alertsJson)?.inode).not.toBe(inode);
    expect(await pull('world/add-file', { ...wish, agent: 'nobody' })).toMatchObject({
      status: 409,
      body: { error: { code: 'lab.unknown-agent' } },
    });
  });
});

describe('closing', () => {
  test('frees both ports and may be repeated; an aborted signal closes as well', async () => {
    const stop = new AbortController();
    const lab = await labs.start({ pace: DEMO_PACE, signal: stop.signal });
    stop.abort();
    await lab.close();
    await lab.close();
    await expect(fetch(lab.controlUrl)).rejects.toThrow('fetch failed');
    await expect(fetch(lab.virustotal.url)).rejects.toThrow('fetch failed');
    expect(labs.clock.sleepers).toBe(0);
  });

  test('a port that is taken is an error, and leaves nothing running', async () => {
    const lab = await labs.start();
    const taken = Number(new URL(lab.controlUrl).port);
    await expect(labs.start({ ports: { control: taken } })).rejects.toMatchObject({ code: 'lab.port-taken' });
  });
});

test('the description names addresses, key and files, and that the key is no secret', async () => {
  const lab = await labs.start();
  const text = describeLab(lab).join('\n');
  for (const fact of [
    lab.virustotal.url,
    lab.virustotal.key,
    lab.manager.alertsJson,
    lab.manager.alertsLog,
  ]) {
    expect(text).toContain(fact);
  }
  expect(text).toContain('not a secret');
});

function bytes(lab: Lab) {
  return (['json', 'log'] as const).map((form) => datedFiles(lab, form));
}

/** The distinct SHA-256 digests of a lab's FIM events. */
function distinctHashes(lab: Lab): string[] {
  const all = labAlerts(lab).map(({ syscheck }) => syscheck?.['sha256_after']);
  return [...new Set(all.filter((hash) => typeof hash === 'string'))];
}

function isFim({ syscheck }: LabAlert): boolean {
  return syscheck !== undefined;
}

function isWeekend(day: string): boolean {
  return [0, 6].includes(new Date(day).getUTCDay());
}

function ask(lab: Lab, hash: string): Promise<Response> {
  return fetch(`${lab.virustotal.url}/api/v3/files/${hash}`, { headers: { 'x-apikey': lab.virustotal.key } });
}

async function positivesOf(lab: Lab, hash: string): Promise<number> {
  const answer = await ask(lab, hash);
  if (answer.status !== 200) return 0;
  const { data } = await answer.json();
  return data.attributes.last_analysis_stats?.malicious ?? 0;
}
