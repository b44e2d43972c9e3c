import { once } from 'node:events';
import { createServer, type IncomingMessage } from 'node:http';
import { expect, onTestFinished, test, vi } from 'vitest';
import { systemClock } from '../../../src-main/app/clock.ts';
import { VirusTotalClient } from '../../../src-main/virustotal/virustotal-client.ts';
import { hashesOf } from '../../builders/a-known-file.ts';

const KEY = 'c0ffee'.repeat(10);
const ASKED = { algorithm: 'sha256', hex: hashesOf('setup.exe').sha256 } as const;

/** A proxy that asks for a user and password, and what it was told until then. */
async function aStrictProxy(): Promise<{ url: string; asked: readonly IncomingMessage[] }> {
  const asked: IncomingMessage[] = [];
  const proxy = createServer();
  proxy.on('connect', (request, socket) => {
    asked.push(request);
    socket.end('HTTP/1.1 407 Proxy Authentication Required\r\nConnection: close\r\n\r\n');
  });
  proxy.listen({ host: '127.0.0.1', port: 0 });
  await once(proxy, 'listening');
  onTestFinished(() => void proxy.close());
  const address = proxy.address();
  if (typeof address !== 'object' || !address) throw new Error('The proxy has no port.');
  return { url: `http://127.0.0.1:${address.port}`, asked };
}

test('the proxy of the desktop is asked to connect, and learns the host only', async () => {
  for (const name of ['HTTPS_PROXY', 'https_proxy', 'HTTP_PROXY', 'http_proxy', 'NO_PROXY', 'no_proxy']) {
    vi.stubEnv(name, '');
  }
  onTestFinished(() => void vi.unstubAllEnvs());
  const { url, asked } = await aStrictProxy();
  const client = new VirusTotalClient({
    baseUrl: 'https://virustotal.example/api/v3',
    version: '1.2.3',
    clock: systemClock,
    systemProxy: url,
  });
  onTestFinished(() => client.close());
  const { outcome } = await client.lookup(ASKED, KEY, new AbortController().signal);
  expect(outcome).toMatchObject({ kind: 'request-failed', status: 407 });
  expect(asked.map((request) => request.url)).toEqual(['virustotal.example:443']);
  expect(JSON.stringify(asked[0]?.rawHeaders)).not.toContain(KEY);
});
