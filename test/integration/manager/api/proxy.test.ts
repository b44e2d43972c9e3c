import { createServer } from 'node:http';
import { connect } from 'node:net';
import { afterEach, expect, test } from 'vitest';
import { makeCertificate } from '../../../../src-main/lab/api/certificate.ts';
import { parseApiAddress } from '../../../../src-main/manager/api/api-address.ts';
import { openTunnel } from '../../../../src-main/manager/api/proxy.ts';
import { Apis } from '../../../builders/an-api.ts';
import { startWebServer } from '../../../builders/web-server.ts';

const apis = new Apis();
let end: () => void = () => undefined;
afterEach(async () => {
  await apis.clean();
  end();
});

const HELLO = { method: 'GET', path: '/' } as const;

/** Takes CONNECT and leads every target to one port of this machine. */
async function startProxy(port: number, refusal?: number) {
  const asked: string[] = [];
  const proxy = createServer();
  proxy.on('connect', (request, socket) => {
    asked.push(`${request.url} ${request.headers['proxy-authorization'] ?? 'nobody'}`);
    socket.on('error', () => undefined);
    if (refusal !== undefined) return socket.end(`HTTP/1.1 ${refusal} Refused\r\n\r\n`);
    const target = connect({ port, host: '127.0.0.1' }, () => {
      socket.write('HTTP/1.1 200 Connection established\r\n\r\n');
      target.pipe(socket).pipe(target);
    });
    target.on('error', () => socket.destroy());
  });
  await new Promise<void>((resolve) => proxy.listen(0, '127.0.0.1', resolve));
  end = () => proxy.close();
  const address = proxy.address();
  return { asked, port: typeof address === 'object' && address ? address.port : 0 };
}

test('through the proxy of the environment the certificate is checked all the same', async () => {
  const certificate = await makeCertificate({ names: ['mgr.example'] });
  const api = await apis.start({ certificate });
  const proxy = await startProxy(api.port);
  const environment = { HTTPS_PROXY: `http://me:pass@127.0.0.1:${proxy.port}` };
  const authorities = [certificate.cert];

  const trusted = apis.stranger('https://mgr.example:55000', { environment, authorities });
  const otherName = apis.stranger('https://mgr2.example:55000', { environment, authorities });
  await trusted.request(HELLO);

  await expect(otherName.request(HELLO)).rejects.toMatchObject({ code: 'api.certificate-unknown' });
  expect([...new Set(proxy.asked)]).toEqual([
    `mgr.example:55000 Basic ${Buffer.from('me:pass').toString('base64')}`,
    `mgr2.example:55000 Basic ${Buffer.from('me:pass').toString('base64')}`,
  ]);
  expect(api.control.requests().map(({ path }) => path)).toEqual(['/security/user/authenticate', '/']);
});

test('the time limit of opening a tunnel does not end it afterwards', async () => {
  const server = await startWebServer((_request, response) => response.end('hello'));
  const proxy = await startProxy(server.port);
  const address = parseApiAddress('https://mgr.example:55000');
  const limit = new AbortController();
  const socket = await openTunnel(new URL(`http://127.0.0.1:${proxy.port}`), address, limit.signal);

  limit.abort();
  const heard = new Promise((resolve) => socket.once('data', (bytes: Buffer) => resolve(bytes.toString())));
  socket.write('GET / HTTP/1.0\r\n\r\n');

  expect(await heard).toContain('200 OK');
  socket.destroy();
  await server.close();
});

test.each([
  [407, 'asks for a user and password'],
  [502, 'refused to connect to it (502)'],
])('a proxy that refuses (%i) is named as the reason', async (status, words) => {
  const proxy = await startProxy(0, status);
  const environment = { HTTPS_PROXY: `http://127.0.0.1:${proxy.port}` };

  await expect(
    apis.stranger('https://mgr.example:55000', { environment }).request(HELLO),
  ).rejects.toMatchObject({
    code: 'api.unreachable',
    message: expect.stringContaining(words),
    remedy: expect.stringContaining('NO_PROXY'),
  });
});
