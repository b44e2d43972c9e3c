import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { ListedFiles } from '../../../src-main/lab/virustotal/known-file.ts';
import {
  LAB_KEY,
  LAB_USER,
  startLabVirusTotal,
  type LabVirusTotal,
} from '../../../src-main/lab/virustotal/lab-virustotal.ts';
import { aKnownFile, hashesOf } from '../../builders/a-known-file.ts';
import { ManualClock } from '../../builders/manual-clock.ts';

const clean = aKnownFile({ name: 'nginx', kind: 'elf' });
const detected = aKnownFile({
  name: 'kworkerds',
  kind: 'elf',
  positives: 48,
  suspicious: 2,
  threat: { family: 'Mirai', category: 'trojan' },
});
const pending = aKnownFile({ name: 'fresh.exe', positives: 3, pendingForMs: 90_000 });

let clock: ManualClock;
let virustotal: LabVirusTotal;

beforeEach(async () => {
  clock = new ManualClock('2026-11-17T23:59:00Z');
  virustotal = await startLabVirusTotal({
    clock,
    files: new ListedFiles([clean, detected, pending]),
    limits: { perMinute: 3, perDay: 5, perMonth: 7 },
  });
});
afterEach(() => virustotal.close());

const ask = (path: string, key: string | null = LAB_KEY, headers: Record<string, string> = {}) =>
  fetch(`${virustotal.url}${path}`, { headers: { ...headers, ...(key ? { 'x-apikey': key } : {}) } });
const askFile = (hash: string) => ask(`/api/v3/files/${hash}`);
const json = async (answer: Promise<Response>) => (await answer).json();
const statuses = async (count: number) => {
  const seen: number[] = [];
  for (let asked = 0; asked < count; asked += 1) seen.push((await askFile(clean.hashes.md5)).status);
  return seen;
};
const askV2 = (hash: string, key = LAB_KEY) =>
  fetch(`${virustotal.url}/vtapi/v2/file/report?apikey=${key}&resource=${hash}`);
const pull = (path: string, body: object, headers: Record<string, string> = {}) =>
  fetch(`${virustotal.url}/lab/virustotal/${path}`, {
    method: 'POST',
    body: JSON.stringify(body),
    headers: { 'content-type': 'application/json', ...headers },
  });

describe('the VirusTotal of the lab', () => {
  describe('API v3', () => {
    test.each(['sha256', 'sha1', 'md5'] as const)('finds a file by its %s, in any case', async (name) => {
      const report = await json(askFile(clean.hashes[name].toUpperCase()));
      expect(report.data).toMatchObject({
        id: clean.hashes.sha256,
        type: 'file',
        links: { self: `${virustotal.url}/api/v3/files/${clean.hashes.sha256}` },
        attributes: { ...clean.hashes, meaningful_name: 'nginx', type_description: 'ELF' },
      });
    });

    test('a report counts all eight words and the engines bear the counts out', async () => {
      const { attributes } = (await json(askFile(detected.hashes.sha256))).data;
      const stats = attributes.last_analysis_stats;
      const engines: { category: string; result: string | null }[] = Object.values(
        attributes.last_analysis_results,
      );
      expect(Object.keys(stats)).toEqual(
        'malicious suspicious undetected harmless timeout confirmed-timeout failure type-unsupported'.split(
          ' ',
        ),
      );
      const counted = Object.keys(stats).map((word) => [
        word,
        engines.filter(({ category }) => category === word).length,
      ]);
      expect(Object.fromEntries(counted)).toEqual(stats);
      expect(stats).toMatchObject({ malicious: 48, suspicious: 2, 'type-unsupported': 4 });
      expect(engines.length).toBeGreaterThan(70);
      const named = engines.filter(({ result }) => result !== null).map(({ category }) => category);
      expect(new Set(named)).toEqual(new Set(['malicious', 'suspicious']));
      expect(attributes.last_analysis_results.Kaspersky).toMatchObject({
        engine_name: 'Kaspersky',
        method: 'blacklist',
        engine_update: expect.stringMatching(/^20\d{6}$/),
      });
      expect(attributes.popular_threat_classification.suggested_threat_label).toBe('trojan.linux/mirai');
    });

    test('engines decline what they do not scan', async () => {
      virustotal.control.addFile(aKnownFile({ name: 'notes.docx', kind: 'document' }));
      const { attributes } = (await json(askFile(hashesOf('notes.docx').md5))).data;
      expect(attributes.last_analysis_stats['type-unsupported']).toBeGreaterThan(10);
      expect(attributes.last_analysis_results.CrowdStrike.category).toBe('type-unsupported');
    });

    test('an unknown hash is not found, in the words of VirusTotal', async () => {
      const hash = hashesOf('nobody has this').sha256;
      const answer = await askFile(hash);
      expect(answer.status).toBe(404);
      expect(await answer.json()).toEqual({
        error: { code: 'NotFoundError', message: `File "${hash}" not found` },
      });
    });

    test('a file whose first analysis has not ended has no counts until it has', async () => {
      const early = (await json(askFile(pending.hashes.md5))).data.attributes;
      expect(early).not.toHaveProperty('last_analysis_stats');
      expect(early).not.toHaveProperty('last_analysis_results');
      expect(early.sha256).toBe(pending.hashes.sha256);
      await clock.advance(90_000);
      const late = (await json(askFile(pending.hashes.md5))).data.attributes;
      expect(late.last_analysis_stats.malicious).toBe(3);
    });

    test('a clean file can turn malicious; engines that already detected stay', async () => {
      const engines = async () => {
        const { attributes } = (await json(askFile(clean.hashes.sha256))).data;
        return Object.values<{ engine_name: string; category: string }>(attributes.last_analysis_results)
          .filter(({ category }) => category === 'malicious')
          .map(({ engine_name }) => engine_name);
      };
      expect(await engines()).toEqual([]);
      expect(virustotal.control.changeVerdict(clean.hashes.md5, 7)).toBe(true);
      const seven = await engines();
      virustotal.control.changeVerdict(clean.hashes.md5, 20);
      expect(seven).toHaveLength(7);
      expect(await engines()).toEqual(expect.arrayContaining(seven));
      expect(virustotal.control.changeVerdict(hashesOf('unknown').md5, 1)).toBe(false);
    });

    test('is compressed when the client accepts gzip', async () => {
      const packed = await ask(`/api/v3/files/${clean.hashes.md5}`, LAB_KEY, { 'accept-encoding': 'gzip' });
      expect(packed.headers.get('content-encoding')).toBe('gzip');
      expect((await packed.json()).data.id).toBe(clean.hashes.sha256);
      const plain = await ask(`/api/v3/files/${clean.hashes.md5}`, LAB_KEY, {
        'accept-encoding': 'identity',
      });
      expect(plain.headers.get('content-encoding')).toBeNull();
    });

    test('a missing and a wrong key are told apart', async () => {
      const path = `/api/v3/files/${clean.hashes.md5}`;
      const missing = await ask(path, null);
      const wrong = await ask(path, 'f'.repeat(64));
      expect([missing.status, wrong.status]).toEqual([401, 401]);
      expect((await missing.json()).error.code).toBe('AuthenticationRequiredError');
      expect((await wrong.json()).error.code).toBe('WrongCredentialsError');
    });
  });

  describe('quota', () => {
    test('the minute slides: a request frees its place sixty seconds later', async () => {
      expect(await statuses(2)).toEqual([200, 200]);
      await clock.advance(30_000);
      expect(await statuses(2)).toEqual([200, 429]);
      await clock.advance(29_999);
      expect(await statuses(1)).toEqual([429]);
      await clock.advance(1);
      expect(await statuses(3)).toEqual([200, 200, 429]);
    });

    test('the day turns over at midnight UTC, the month does not', async () => {
      virustotal.control.setLimits({ perMinute: 100, perDay: 5, perMonth: 7 });
      expect(await statuses(6)).toEqual([200, 200, 200, 200, 200, 429]);
      await clock.advance(60_000);
      expect(await statuses(3)).toEqual([200, 200, 429]);
    });

    test('unknown files cost quota, refusals and quota questions do not', async () => {
      await askFile(hashesOf('unknown').md5);
      await ask(`/api/v3/files/${clean.hashes.md5}`, 'wrong');
      const quotas = await json(ask(`/api/v3/users/${LAB_KEY}/overall_quotas`));
      expect(quotas.data).toEqual({
        api_requests_hourly: { user: { allowed: 180, used: 1 } },
        api_requests_daily: { user: { allowed: 5, used: 1 } },
        api_requests_monthly: { user: { allowed: 7, used: 1 } },
      });
      expect((await ask(`/api/v3/users/${LAB_USER}/overall_quotas`)).status).toBe(200);
      expect((await ask('/api/v3/users/somebody/overall_quotas')).status).toBe(404);
    });

    test('what was used survives a restart of the lab', async () => {
      await statuses(3);
      const quotaUsed = virustotal.quotaUsed();
      await virustotal.close();
      virustotal = await startLabVirusTotal({
        clock,
        files: new ListedFiles([clean]),
        limits: { perMinute: 3, perDay: 5, perMonth: 7 },
        quotaUsed,
      });
      expect(await statuses(1)).toEqual([429]);
      await clock.advance(60_000);
      expect(await statuses(1)).toEqual([200]);
    });
  });

  describe('API v2', () => {
    test('a report carries what the manager integration reads', async () => {
      const report = await json(askV2(detected.hashes.md5));
      expect(report).toMatchObject({ response_code: 1, positives: 48, ...detected.hashes });
      expect(report.scan_date).toMatch(/^\d{4}-\d\d-\d\d \d\d:\d\d:\d\d$/);
      expect(report.permalink).toContain(`/gui/file/${detected.hashes.sha256}/detection/f-`);
      expect(Object.values(report.scans)).toHaveLength(report.total);
    });

    test('the form of a POST is read too', async () => {
      const body = new URLSearchParams({ apikey: LAB_KEY, resource: clean.hashes.sha1 });
      const answer = await fetch(`${virustotal.url}/vtapi/v2/file/report`, { method: 'POST', body });
      expect(await answer.json()).toMatchObject({ response_code: 1, positives: 0 });
    });

    test('unknown is 0, queued is -2, a bad key 403 and a spent quota 204 without a body', async () => {
      expect(await json(askV2(hashesOf('unknown').md5))).toMatchObject({ response_code: 0 });
      expect(await json(askV2(pending.hashes.md5))).toMatchObject({ response_code: -2 });
      expect((await askV2(clean.hashes.md5, 'wrong')).status).toBe(403);
      await askV2(clean.hashes.md5);
      const refused = await askV2(clean.hashes.md5);
      expect([refused.status, await refused.text()]).toEqual([204, '']);
    });
  });

  describe('misbehaving on request', () => {
    const path = `/api/v3/files/${clean.hashes.md5}`;

    test('the next two requests meet a rate limit, with and without Retry-After', async () => {
      virustotal.control.misbehave({ kind: 'rate-limit', retryAfter: 17 }, { times: 1 });
      virustotal.control.misbehave({ kind: 'rate-limit' }, { times: 1 });
      const answers = [await ask(path), await ask(path), await ask(path)];
      expect(answers.map(({ status }) => status)).toEqual([429, 429, 200]);
      expect(answers.map(({ headers }) => headers.get('retry-after'))).toEqual(['17', null, null]);
    });

    test('quota questions are spoiled only when everything is', async () => {
      const quotas = `/api/v3/users/${LAB_KEY}/overall_quotas`;
      virustotal.control.misbehave({ kind: 'server-error', status: 502 });
      expect((await ask(quotas)).status).toBe(200);
      expect((await ask(path)).status).toBe(502);
      await virustotal.control.recover();
      virustotal.control.misbehave({ kind: 'unauthorized' }, { scope: 'everything' });
      expect((await ask(quotas)).status).toBe(401);
    });

    test.each([200, 403, 404, 502])('a proxy page stands in with status %i', async (status) => {
      virustotal.control.misbehave({ kind: 'html', status });
      const answer = await ask(path);
      expect(answer.status).toBe(status);
      expect(answer.headers.get('content-type')).toContain('text/html');
    });

    test('broken JSON is no JSON, and a cut connection is no answer', async () => {
      virustotal.control.misbehave({ kind: 'broken-json' }, { times: 1 });
      virustotal.control.misbehave({ kind: 'cut' }, { times: 1 });
      await expect((await ask(path)).json()).rejects.toThrow(SyntaxError);
      await expect(ask(path).then((answer) => answer.text())).rejects.toThrow('terminated');
    });

    test('a slow answer comes when its time has come', async () => {
      virustotal.control.misbehave({ kind: 'slow', delayMs: 25_000 }, { times: 1 });
      let isAnswered = false;
      const answer = ask(path).finally(() => (isAnswered = true));
      await expect.poll(() => clock.sleepers).toBe(1);
      await clock.advance(24_999);
      expect(isAnswered).toBe(false);
      await clock.advance(1);
      expect((await answer).status).toBe(200);
    });

    test('a silent service never answers, and still closes at once', async () => {
      virustotal.control.misbehave({ kind: 'silent' });
      const patience = new AbortController();
      const answer = fetch(`${virustotal.url}${path}`, {
        headers: { 'x-apikey': LAB_KEY },
        signal: patience.signal,
      });
      await expect.poll(() => virustotal.control.requests()).toHaveLength(1);
      patience.abort();
      await expect(answer).rejects.toThrow('aborted');
      expect(virustotal.control.requests()[0]).toMatchObject({ status: null, spoiledBy: 'silent' });
    });

    test('connections are refused until it recovers, at the same address', async () => {
      const { url } = virustotal;
      await virustotal.control.refuseConnections();
      await expect(ask(path)).rejects.toThrow('fetch failed');
      await virustotal.control.recover();
      expect(virustotal.url).toBe(url);
      expect((await ask(path)).status).toBe(200);
    });

    test('only the keys named are accepted until it recovers', async () => {
      virustotal.control.acceptKeys(['another']);
      expect((await ask(path)).status).toBe(401);
      expect((await ask(path, 'another')).status).toBe(200);
      await virustotal.control.recover();
      expect((await ask(path)).status).toBe(200);
    });
  });

  test('every request is on record, without the key', async () => {
    virustotal.control.misbehave({ kind: 'rate-limit' }, { times: 1 });
    await askFile(clean.hashes.md5);
    await askFile(clean.hashes.md5);
    const [refused, answered] = virustotal.control.requests();
    expect(refused).toMatchObject({ status: 429, spoiledBy: 'rate-limit', counted: false });
    expect(answered).toMatchObject({
      at: clock.now(),
      api: 'v3',
      asked: 'file',
      hash: clean.hashes.md5,
      status: 200,
      counted: true,
    });
    expect(JSON.stringify(virustotal.control.requests())).not.toContain(LAB_KEY);
    virustotal.control.clearRequests();
    expect(virustotal.control.requests()).toEqual([]);
  });

  describe('levers over HTTP', () => {
    test('another process can order misbehaviour and read the record', async () => {
      await pull('misbehave', { misbehaviour: { kind: 'server-error' }, times: 1 });
      expect((await askFile(clean.hashes.md5)).status).toBe(503);
      expect((await askFile(clean.hashes.md5)).status).toBe(200);
      const record = await (await fetch(`${virustotal.url}/lab/virustotal/requests`)).json();
      expect(record.requests).toHaveLength(2);
    });

    test('nonsense is refused with a reason, and so is a page in a browser', async () => {
      const nonsense = await pull('misbehave', { misbehaviour: { kind: 'explode' } });
      expect(nonsense.status).toBe(400);
      expect((await nonsense.json()).error.message).toContain('kind');
      const page = await pull('recover', {}, { origin: 'https://example.com' });
      expect(page.status).toBe(403);
      expect((await pull('no-such-lever', {})).status).toBe(404);
    });
  });
});
