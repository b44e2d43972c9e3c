import { execFileSync, spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import type { RequestListener } from 'node:http';
import { createServer as createTlsServer } from 'node:https';
import { connect, createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { brotliCompressSync, deflateRawSync, deflateSync, gzipSync } from 'node:zlib';
import { afterEach, expect, test } from 'vitest';
import { LAB_KEY, startLabVirusTotal } from '../../../src-main/lab/virustotal/lab-virustotal.ts';
import { systemClock } from '../../../src-main/app/clock.ts';
import { testApiKey } from '../../../src-main/virustotal/key-test.ts';
import { VirusTotalClient } from '../../../src-main/virustotal/virustotal-client.ts';
import { aKnownFile, hashesOf } from '../../builders/a-known-file.ts';
import { startWebServer, type WebServer } from '../../builders/web-server.ts';

const KEY = 'c0ffee'.repeat(10);
const HASHES = hashesOf('setup.exe');
const ASKED = { algorithm: 'sha256', hex: HASHES.sha256 } as const;
const REPORT = JSON.stringify({
  data: {
    type: 'file',
    id: HASHES.sha256,
    attributes: {
      ...HASHES,
      last_analysis_date: 1_763_370_000,
      last_analysis_stats: { malicious: 2, suspicious: 0, undetected: 60, harmless: 0 },
    },
  },
});
const JSON_TYPE = { 'content-type': 'application/json; charset=utf-8' };

const hasOpenssl = spawnSync('openssl', ['version']).status === 0;

const closing: (() => Promise<unknown>)[] = [];
afterEach(async () => {
  for (const close of closing.splice(0)) await close();
});

async function serve(listener: RequestListener): Promise<WebServer> {
  const server = await startWebServer(listener);
  closing.push(() => server.close());
  return server;
}

function clientOf(baseUrl: string, totalMs = 3_000): VirusTotalClient {
  const client = new VirusTotalClient({
    baseUrl,
    version: '1.2.3',
    clock: systemClock,
    timeouts: { connectMs: 2_000, totalMs },
  });
  closing.push(() => client.close());
  return client;
}

async function ask(baseUrl: string, totalMs?: number) {
  return clientOf(baseUrl, totalMs).lookup(ASKED, KEY, new AbortController().signal);
}

async function askAnswering(status: number, headers: Record<string, string>, body: string | Buffer) {
  const server = await serve((_request, response) => response.writeHead(status, headers).end(body));
  return ask(server.url);
}

function errorBody(code: string): string {
  return JSON.stringify({ error: { code, message: 'in VirusTotal words' } });
}

test('a lookup is one GET with the key in a header and nothing but the hash in the address', async () => {
  const server = await serve((_request, response) => response.writeHead(200, JSON_TYPE).end(REPORT));
  const answer = await ask(`${server.url}/api/v3/`);
  expect(answer.outcome).toMatchObject({ kind: 'detected', positives: 2, total: 62 });
  const [request] = server.requests;
  expect(request?.url).toBe(`/api/v3/files/${HASHES.sha256}`);
  expect(request?.headers).toMatchObject({
    'x-apikey': KEY,
    'accept-encoding': 'gzip',
    'user-agent': 'verdict-desk/1.2.3; gzip',
    'x-tool': 'verdict-desk',
  });
});

test.each([
  ['gzip', gzipSync(REPORT)],
  ['deflate', deflateSync(REPORT)],
  ['deflate', deflateRawSync(REPORT)],
  ['br', brotliCompressSync(REPORT)],
])('a report packed with %s is unpacked', async (encoding, body) => {
  const answer = await askAnswering(200, { ...JSON_TYPE, 'content-encoding': encoding }, body);
  expect(answer.outcome.kind).toBe('detected');
});

test('a bomb, a cut archive and an unknown packing are failed requests', async () => {
  const packed = { ...JSON_TYPE, 'content-encoding': 'gzip' };
  const bomb = gzipSync(Buffer.alloc(40 * 1024 * 1024));
  expect((await askAnswering(200, packed, bomb)).outcome).toMatchObject({
    kind: 'request-failed',
    detail: 'The answer is larger than any report.',
  });
  const cut = gzipSync(REPORT).subarray(0, 60);
  expect((await askAnswering(200, packed, cut)).outcome.kind).toBe('request-failed');
  const unknown = { ...JSON_TYPE, 'content-encoding': 'pigeon' };
  expect((await askAnswering(200, unknown, REPORT)).outcome.kind).toBe('request-failed');
});

test.each([
  [401, errorBody('WrongCredentialsError'), { kind: 'credentials-rejected', status: 401 }],
  [403, errorBody('ForbiddenError'), { kind: 'credentials-rejected', status: 403 }],
  [404, errorBody('NotFoundError'), { kind: 'no-records' }],
  [404, errorBody('SomethingElse'), { kind: 'request-failed', status: 404 }],
  [404, JSON.stringify({ message: 'no such route' }), { kind: 'request-failed', status: 404 }],
  [400, errorBody('NotAvailableYet'), { kind: 'request-failed', status: 400 }],
  [429, errorBody('QuotaExceededError'), { kind: 'rate-limited', retryAfterMs: null }],
  [503, errorBody('TransientError'), { kind: 'request-failed', status: 503 }],
  [504, errorBody('DeadlineExceededError'), { kind: 'request-failed', status: 504 }],
  [200, '{"data": {"id"', { kind: 'request-failed', status: 200 }],
  [200, REPORT.replaceAll(HASHES.sha256, hashesOf('other').sha256), { kind: 'request-failed', status: 200 }],
])('HTTP %i with %s becomes %j', async (status, body, outcome) => {
  expect((await askAnswering(status, JSON_TYPE, body)).outcome).toMatchObject(outcome);
});

test.each([200, 403, 404, 407, 502])("a proxy's page with status %i is a failed request", async (status) => {
  const answer = await askAnswering(status, { 'content-type': 'text/html' }, '<h1>Not Found</h1>');
  expect(answer).toMatchObject({ blame: 'service', outcome: { kind: 'request-failed', status } });
});

test('204, the spent quota of v2, is a rate limit', async () => {
  expect((await askAnswering(204, {}, '')).outcome).toEqual({ kind: 'rate-limited', retryAfterMs: null });
});

test('Retry-After is read as seconds and as a date', async () => {
  const seconds = await askAnswering(429, { ...JSON_TYPE, 'retry-after': '17' }, '{}');
  expect(seconds.outcome).toEqual({ kind: 'rate-limited', retryAfterMs: 17_000 });
  const date = new Date(Date.now() + 90_000).toUTCString();
  const { outcome } = await askAnswering(429, { ...JSON_TYPE, 'retry-after': date }, '{}');
  if (outcome.kind !== 'rate-limited') throw new Error('It is rate limited.');
  expect(outcome.retryAfterMs).toBeGreaterThan(60_000);
  expect(outcome.retryAfterMs).toBeLessThanOrEqual(90_000);
});

test('a redirect is not followed, so the key goes nowhere else', async () => {
  const elsewhere = await serve((_request, response) => response.end(REPORT));
  const answer = await askAnswering(302, { location: elsewhere.url }, '');
  expect(answer.outcome).toMatchObject({ kind: 'request-failed', status: 302 });
  expect(elsewhere.requests).toHaveLength(0);
});

test('a refused connection never left: nobody counted it', async () => {
  const server = await startWebServer((_request, response) => response.end());
  await server.close();
  expect(await ask(server.url)).toEqual({
    outcome: { kind: 'request-failed', status: null, detail: 'The connection was refused.' },
    blame: 'network',
    sentAtMs: null,
  });
});

test('a name that does not resolve is told in plain words', async () => {
  const answer = await ask('https://virustotal.invalid/api/v3');
  expect(answer).toMatchObject({ blame: 'network', sentAtMs: null });
  expect(answer.outcome).toMatchObject({ kind: 'request-failed', status: null });
});

test('a service without TLS behind an https address is told as such', async () => {
  const server = await serve((_request, response) => response.end());
  const answer = await ask(server.url.replace('http:', 'https:'));
  expect(answer).toMatchObject({ blame: 'network', outcome: { kind: 'request-failed', status: null } });
});

test('a certificate nobody signed is refused, whatever the environment says', async ({ skip }) => {
  skip(!hasOpenssl, 'openssl is not installed');
  const folder = mkdtempSync(join(tmpdir(), 'verdict-desk-tls-'));
  closing.push(async () => rmSync(folder, { recursive: true }));
  const [key, cert] = [join(folder, 'key.pem'), join(folder, 'cert.pem')];
  const request =
    'req -x509 -newkey ec -pkeyopt ec_paramgen_curve:prime256v1 -nodes -days 1 -subj /CN=localhost';
  execFileSync('openssl', [...request.split(' '), '-keyout', key, '-out', cert], { stdio: 'ignore' });
  let asked = 0;
  const server = createTlsServer(
    { key: readFileSync(key), cert: readFileSync(cert) },
    (_request, response) => {
      asked += 1;
      response.end(REPORT);
    },
  );
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  closing.push(() => new Promise((resolve) => server.close(resolve)));
  const address = server.address();
  const port = typeof address === 'object' && address ? address.port : 0;
  process.env['NODE_TLS_REJECT_UNAUTHORIZED'] = '0';
  try {
    const answer = await ask(`https://127.0.0.1:${port}/api/v3`);
    expect(answer).toMatchObject({ blame: 'network', sentAtMs: null });
    expect(answer.outcome).toMatchObject({ detail: expect.stringContaining('certificate') });
    expect(asked).toBe(0);
  } finally {
    delete process.env['NODE_TLS_REJECT_UNAUTHORIZED'];
  }
});

test('a connection that is cut in the middle of the answer was counted', async () => {
  const server = await serve((_request, response) => {
    response.writeHead(200, { ...JSON_TYPE, 'content-length': String(REPORT.length) });
    response.write(REPORT.slice(0, 40), () => response.destroy());
  });
  const answer = await ask(server.url);
  expect(answer).toMatchObject({ blame: 'service', outcome: { kind: 'request-failed', status: null } });
  expect(answer.sentAtMs).not.toBeNull();
});

test('no answer within the limit is timed out, also when it trickles', async () => {
  const silent = await serve(() => undefined);
  expect((await ask(silent.url, 100)).outcome).toEqual({ kind: 'timed-out' });
  const trickling = await serve((_request, response) => {
    response.writeHead(200, JSON_TYPE);
    const timer = setInterval(() => response.write(' '), 10);
    response.on('close', () => clearInterval(timer));
  });
  expect((await ask(trickling.url, 150)).outcome).toEqual({ kind: 'timed-out' });
});

test('an endless answer is cut at its limit', async () => {
  const server = await serve((_request, response) => {
    response.writeHead(200, JSON_TYPE);
    const block = Buffer.alloc(1024 * 1024, ' ');
    const more = () => {
      while (response.write(block));
    };
    response.on('drain', more);
    more();
  });
  expect((await ask(server.url, 20_000)).outcome).toMatchObject({
    detail: 'The answer is larger than any report.',
  });
});

test('an aborted lookup ends at once', async () => {
  const server = await serve(() => undefined);
  const abort = new AbortController();
  const asking = clientOf(server.url).lookup(ASKED, KEY, abort.signal);
  abort.abort();
  expect(await asking).toMatchObject({ blame: 'none', outcome: { kind: 'request-failed', status: null } });
});

test('the proxy of the environment is used for the outside and asked for a tunnel', async () => {
  const asked: string[] = [];
  const proxy = createServer((socket) => {
    socket.on('error', () => undefined);
    socket.once('data', (data) => {
      asked.push(data.toString().split('\r\n')[0] ?? '');
      socket.end('HTTP/1.1 407 Proxy Authentication Required\r\ncontent-length: 0\r\n\r\n');
    });
  });
  await new Promise<void>((resolve) => proxy.listen(0, '127.0.0.1', resolve));
  closing.push(() => new Promise((resolve) => proxy.close(resolve)));
  const address = proxy.address();
  const port = typeof address === 'object' && address ? address.port : 0;
  const before = process.env['HTTPS_PROXY'];
  process.env['HTTPS_PROXY'] = `http://user:proxy-password@127.0.0.1:${port}`;
  try {
    const answer = await ask('https://virustotal.invalid/api/v3');
    expect(asked).toEqual(['CONNECT virustotal.invalid:443 HTTP/1.1']);
    expect(answer).toMatchObject({
      sentAtMs: null,
      outcome: { status: 407, detail: 'The proxy asks for a user and password.' },
    });
    expect(JSON.stringify(answer)).not.toContain('proxy-password');
  } finally {
    if (before === undefined) delete process.env['HTTPS_PROXY'];
    else process.env['HTTPS_PROXY'] = before;
  }
});

test('a service that accepts connections but never speaks TLS is timed out', async () => {
  const mute = createServer(() => undefined);
  await new Promise<void>((resolve) => mute.listen(0, '127.0.0.1', resolve));
  const address = mute.address();
  const port = typeof address === 'object' && address ? address.port : 0;
  const probe = connect(port, '127.0.0.1');
  closing.push(async () => {
    probe.destroy();
    mute.close();
  });
  const answer = await ask(`https://127.0.0.1:${port}/`, 200);
  expect(answer).toMatchObject({ sentAtMs: null, outcome: { kind: 'timed-out' } });
});

test("the lab's reports are read: found by each digest, unknown, unfinished", async () => {
  const lab = await startLabVirusTotal({ limits: { perMinute: 1000, perDay: null, perMonth: null } });
  closing.push(() => lab.close());
  const client = clientOf(`${lab.url}/api/v3`);
  lab.control.addFile(aKnownFile({ name: 'setup.exe', positives: 5, suspicious: 1 }));
  lab.control.addFile(aKnownFile({ name: 'fresh.exe', pendingForMs: 60_000 }));
  const { signal } = new AbortController();
  for (const algorithm of ['sha256', 'sha1', 'md5'] as const) {
    const { outcome } = await client.lookup({ algorithm, hex: HASHES[algorithm] }, LAB_KEY, signal);
    expect(outcome).toMatchObject({
      kind: 'detected',
      positives: 5,
      suspicious: 1,
      report: { hashes: HASHES },
    });
  }
  const unknown = await client.lookup({ algorithm: 'md5', hex: hashesOf('?').md5 }, LAB_KEY, signal);
  expect(unknown.outcome).toEqual({ kind: 'no-records' });
  const fresh = await client.lookup(
    { algorithm: 'sha256', hex: hashesOf('fresh.exe').sha256 },
    LAB_KEY,
    signal,
  );
  expect(fresh.outcome).toEqual({ kind: 'pending' });
});

test('a key is tested without spending a lookup', async () => {
  const lab = await startLabVirusTotal({ limits: { perMinute: 4, perDay: 500, perMonth: 15_500 } });
  closing.push(() => lab.close());
  const result = await testApiKey(clientOf(`${lab.url}/api/v3`), LAB_KEY, new AbortController().signal);
  expect(result).toMatchObject({ limits: { perMinute: 4, perDay: 500 }, isPublic: true });
  expect(lab.control.requests().map((request) => request.asked)).toEqual(['quota']);
});

test('where quotas are not offered one lookup of the EICAR file tests the key', async () => {
  const server = await serve((request, response) => {
    const isQuota = request.url?.includes('/overall_quotas');
    response.writeHead(isQuota ? 403 : 404, JSON_TYPE);
    response.end(errorBody(isQuota ? 'ForbiddenError' : 'NotFoundError'));
  });
  expect(await testApiKey(clientOf(server.url), KEY, new AbortController().signal)).toBeNull();
  expect(server.requests[1]?.url).toMatch(/^\/api\/v3\/files\/275a021b/);
});

test.each([
  [401, errorBody('WrongCredentialsError'), 'virustotal.key-rejected'],
  [429, errorBody('QuotaExceededError'), 'virustotal.key-exhausted'],
  [503, errorBody('TransientError'), 'virustotal.unreachable'],
])('a key test that meets HTTP %i says what happened and never shows the key', async (status, body, code) => {
  const server = await serve((_request, response) => response.writeHead(status, JSON_TYPE).end(body));
  const error: unknown = await testApiKey(clientOf(server.url), KEY, new AbortController().signal).catch(
    (reason: unknown) => reason,
  );
  expect(error).toMatchObject({ code });
  expect(`${String(error)} ${JSON.stringify(error)}`).not.toContain(KEY);
});
