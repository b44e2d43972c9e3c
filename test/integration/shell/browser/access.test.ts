import { networkInterfaces } from 'node:os';
import { connect } from 'node:net';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { text } from 'node:stream/consumers';
import { expect, onTestFinished, test } from 'vitest';
import { TOKEN_LIFETIME_MS } from '../../../../src-main/shell/browser/sessions.ts';
import { aServedFace, ask, aSession, cookieOf, dial, pathOf } from './face.ts';

test('a printed address opens the window once and is exchanged for a strict, script-proof cookie', async () => {
  const { face } = await aServedFace();
  const address = face.newAddress();
  expect(address).toMatch(
    new RegExp(`^http://127\\.0\\.0\\.1:${face.port}${face.place}\\?token=[\\w-]{43}$`),
  );

  const first = await ask(face, pathOf(address));
  expect(first.status).toBe(303);
  expect(first.headers.location).toBe(face.place);
  expect(first.headers['set-cookie']).toEqual([
    expect.stringMatching(
      new RegExp(`^verdict-desk-${face.port}=[\\w-]{43}; HttpOnly; SameSite=Strict; Path=${face.place}$`),
    ),
  ]);
  const window = await ask(face, face.place, { headers: { Cookie: cookieOf(first) } });
  expect(window.status).toBe(200);
  expect(window.body).toContain('<div id="root">');
});

test('a used address shows how to get a fresh one, and no window', async () => {
  const { face } = await aServedFace();
  const address = face.newAddress();
  await ask(face, pathOf(address));
  const again = await ask(face, pathOf(address));
  expect(again.status).toBe(403);
  expect(again.headers['set-cookie']).toBeUndefined();
  expect(again.body).toContain('Press Enter in the terminal');
});

test('a used address in the browser that used it leads to its window', async () => {
  const { face } = await aServedFace();
  const address = face.newAddress();
  const cookie = cookieOf(await ask(face, pathOf(address)));
  const again = await ask(face, pathOf(address), { headers: { Cookie: cookie } });
  expect(again.status).toBe(303);
  expect(again.headers['set-cookie']).toBeUndefined();
});

test('an unused address is void after a quarter of an hour', async () => {
  let now = 0;
  const { face } = await aServedFace({ now: () => now });
  const [early, late] = [face.newAddress(), face.newAddress()];
  now = TOKEN_LIFETIME_MS;
  expect((await ask(face, pathOf(early))).status).toBe(303);
  now = TOKEN_LIFETIME_MS + 1;
  expect((await ask(face, pathOf(late))).status).toBe(403);
});

test('a look at an address (HEAD) does not use it up', async () => {
  const { face } = await aServedFace();
  const path = pathOf(face.newAddress());
  const look = await ask(face, path, { method: 'HEAD' });
  expect(look).toMatchObject({ status: 403 });
  expect(look.headers['set-cookie']).toBeUndefined();
  expect((await ask(face, path)).status).toBe(303);
});

test('an address for a command line names no place and opens the window once', async () => {
  const { face } = await aServedFace();
  const path = pathOf(face.newExposedAddress());
  expect(path).not.toContain(face.place);
  expect((await ask(face, path)).headers.location).toBe(face.place);
  expect((await ask(face, path)).status).toBe(403);
});

test('another user who read an address from a command line cannot use it, nor use it up', async ({
  skip,
}) => {
  skip(
    process.platform !== 'linux' || process.getuid?.() !== 0,
    'only root on Linux can ask as another user',
  );
  const { face } = await aServedFace();
  const address = face.newExposedAddress();
  expect(await askAs(65_534, address)).toBe(403);
  expect((await ask(face, pathOf(address))).status).toBe(303);
  // A printed one stood in no command line: it may come through the SSH forwarding of another account.
  expect(await askAs(65_534, face.newAddress())).toBe(303);
});

test('the cookie is not sent to other servers of this machine, whose paths differ', async () => {
  const { face } = await aServedFace();
  const answer = await ask(face, pathOf(face.newAddress()));
  expect(face.place).toMatch(/^\/[\w-]{22}\/$/);
  expect(answer.headers['set-cookie']?.[0]).toMatch(new RegExp(`; Path=${face.place}$`));
});

test('several browsers hold a session each', async () => {
  const { face } = await aServedFace();
  const cookies = [await aSession(face), await aSession(face)];
  expect(new Set(cookies).size).toBe(2);
  for (const cookie of cookies) {
    expect((await ask(face, face.place, { headers: { Cookie: cookie } })).status).toBe(200);
  }
});

test('without a session neither the window nor its files are served', async () => {
  const { face } = await aServedFace();
  const inside = ['', 'index.html', 'assets/index-Ab12_xyZ.js', '?token=', '?token=guess'];
  for (const path of [
    ...inside.map((end) => face.place + end),
    '/',
    '/?token=guess',
    '/assets/index-Ab12_xyZ.js',
  ]) {
    const answer = await ask(face, path, { headers: { Cookie: `verdict-desk-${face.port}=guess` } });
    expect({ path, status: answer.status }).toEqual({ path, status: 403 });
    expect(answer.body).not.toContain('id="root"');
  }
});

test('a page whose name was made to point here is refused by its Host header', async () => {
  const { face } = await aServedFace();
  const cookie = await aSession(face);
  for (const host of [
    'evil.example',
    `evil.example:${face.port}`,
    '127.0.0.1',
    `127.0.0.1:${face.port + 1}`,
  ]) {
    const answer = await ask(face, face.place, { headers: { Host: host, Cookie: cookie } });
    expect({ host, status: answer.status }).toEqual({ host, status: 421 });
    expect(answer.body).not.toContain('id="root"');
  }
  const byName = await ask(face, face.place, { headers: { Host: `localhost:${face.port}`, Cookie: cookie } });
  expect(byName.status).toBe(200);
});

test('a request that another page makes is refused, even with the cookie', async () => {
  const { face } = await aServedFace();
  const Cookie = await aSession(face);
  const foreign = [
    { Origin: 'https://evil.example' },
    { Origin: 'null' },
    { Origin: `http://127.0.0.1:${face.port + 1}` },
    { 'Sec-Fetch-Site': 'cross-site', 'Sec-Fetch-Mode': 'no-cors', 'Sec-Fetch-Dest': 'script' },
    { 'Sec-Fetch-Site': 'same-site', 'Sec-Fetch-Mode': 'cors', 'Sec-Fetch-Dest': 'empty' },
    { 'Sec-Fetch-Site': 'cross-site', 'Sec-Fetch-Mode': 'navigate', 'Sec-Fetch-Dest': 'iframe' },
  ];
  for (const headers of foreign) {
    const answer = await ask(face, `${face.place}assets/index-Ab12_xyZ.js`, {
      headers: { Cookie, ...headers },
    });
    expect({ headers, status: answer.status }).toEqual({ headers, status: 403 });
  }
});

test('an address that is opened from a mail or a wiki keeps its strict cookie', async () => {
  const { face } = await aServedFace();
  const answer = await ask(face, pathOf(face.newAddress()), {
    headers: { 'Sec-Fetch-Site': 'cross-site', 'Sec-Fetch-Mode': 'navigate', 'Sec-Fetch-Dest': 'document' },
  });
  expect(answer.status).toBe(200);
  expect(answer.headers['set-cookie']).toHaveLength(1);
  expect(answer.body).toContain(`content="0;url=${face.place}"`);
});

test('a WebSocket needs the right Host, our own Origin, a session and the right path', async () => {
  const { face, core } = await aServedFace();
  const cookie = await aSession(face);
  const origin = `http://127.0.0.1:${face.port}`;
  expect(await dial(face, { cookie, origin, host: 'evil.example' })).toBe(421);
  expect(await dial(face, { cookie })).toBe(403);
  expect(await dial(face, { cookie, origin: 'https://evil.example' })).toBe(403);
  expect(await dial(face, { cookie, origin: `http://localhost:${face.port}` })).toBe(403);
  expect(await dial(face, { origin })).toBe(401);
  expect(await dial(face, { origin, cookie: `verdict-desk-${face.port}=guess` })).toBe(401);
  expect(await dial(face, { cookie, origin, path: '/other' })).toBe(404);
  expect(core.connections.size).toBe(0);
});

test('a refused WebSocket is cut, even when its client keeps its side open', async () => {
  const { face } = await aServedFace();
  const socket = connect({ host: '127.0.0.1', port: face.port, allowHalfOpen: true });
  const head = [
    'GET /rpc HTTP/1.1',
    `Host: 127.0.0.1:${face.port}`,
    'Connection: Upgrade',
    'Upgrade: websocket',
  ];
  socket.write(`${head.join('\r\n')}\r\n\r\n`);
  socket.resume();
  await once(socket, 'end');
  // The other side is gone altogether: what is written now meets a reset.
  const reset = once(socket, 'error');
  const writing = setInterval(() => socket.write('x'), 20);
  onTestFinished(() => clearInterval(writing));
  expect(await reset).toMatchObject([{ code: expect.stringMatching(/ECONNRESET|EPIPE/) }]);
});

test('only this machine itself can connect', async () => {
  const { face } = await aServedFace();
  const outside = Object.values(networkInterfaces())
    .flatMap((addresses) => addresses ?? [])
    .filter((address) => !address.internal && address.family === 'IPv4');
  for (const { address } of outside) {
    const socket = connect({ host: address, port: face.port });
    const [error] = await once(socket, 'error');
    expect(error).toMatchObject({ code: 'ECONNREFUSED' });
  }
  const inside = connect({ host: '127.0.0.1', port: face.port });
  await once(inside, 'connect');
  inside.destroy();
});

test('a port in use is named, with what to do', async () => {
  const { face } = await aServedFace();
  await expect(aServedFace({ port: face.port })).rejects.toMatchObject({
    code: 'shell.port-busy',
    message: `Port ${face.port} on this machine is in use by another program.`,
    remedy: expect.stringContaining('--port'),
  });
});

/** The status that a process of another user gets. */
async function askAs(uid: number, address: string): Promise<number> {
  const script = `process.setuid(${uid});
    fetch(${JSON.stringify(address)}, { redirect: 'manual' }).then(({ status }) => console.log(status));`;
  const child = spawn(process.execPath, ['-e', script], { stdio: ['ignore', 'pipe', 'inherit'] });
  return Number(await text(child.stdout));
}
