import { expect, test } from 'vitest';
import { aServedFace, ask, aSession } from './face.ts';
import { temporaryFolder } from '../window-folder.ts';

test('each load has a nonce of its own, in the policy and where the window reads it', async () => {
  const { face } = await aServedFace();
  const headers = { Cookie: await aSession(face) };
  const loads = [
    await ask(face, face.place, { headers }),
    await ask(face, `${face.place}index.html`, { headers }),
  ];
  const nonces = loads.map(
    (load) => /'nonce-([^']+)'/.exec(String(load.headers['content-security-policy']))?.[1],
  );
  expect(new Set(nonces).size).toBe(2);
  loads.forEach((load, at) => {
    expect(load.body).toContain(`<meta property="csp-nonce" nonce="${nonces[at]}">`);
    expect(load.body).not.toContain('%CSP_NONCE%');
    expect(load.headers['cache-control']).toBe('no-store');
  });
});

test('the policy starts at nothing and lets the window reach only its own server', async () => {
  const { face } = await aServedFace();
  const answer = await ask(face, face.place, { headers: { Cookie: await aSession(face) } });
  const policy = String(answer.headers['content-security-policy']).split('; ');
  expect(policy).toContain(`default-src 'none'`);
  expect(policy).toContain(`script-src 'self'`);
  expect(policy).toContain(`require-trusted-types-for 'script'`);
  expect(policy).toContain(`frame-ancestors 'none'`);
  expect(policy).toContain(`connect-src 'self' ws://127.0.0.1:${face.port} ws://localhost:${face.port}`);
  expect(answer.headers).toMatchObject({
    'x-content-type-options': 'nosniff',
    'referrer-policy': 'no-referrer',
    'cross-origin-opener-policy': 'same-origin',
    'cross-origin-resource-policy': 'same-origin',
  });
});

test('files with a hash in their name are kept by the browser, others are asked again', async () => {
  const { face } = await aServedFace();
  const headers = { Cookie: await aSession(face) };
  const script = await ask(face, `${face.place}assets/index-Ab12_xyZ.js`, { headers });
  expect(script.body).toBe('document.title = "loaded";');
  expect(script.headers).toMatchObject({
    'content-type': 'text/javascript; charset=utf-8',
    'cache-control': 'private, max-age=31536000, immutable',
  });
  const icon = await ask(face, `${face.place}favicon.svg`, { headers });
  expect(icon.headers).toMatchObject({
    'content-type': 'image/svg+xml',
    'cache-control': 'private, no-cache',
  });
});

test('nothing outside the window’s files can be named', async () => {
  const { face } = await aServedFace();
  const headers = { Cookie: await aSession(face) };
  const attempts = [
    '/../secret.json',
    '/..%2fsecret.json',
    '/%2e%2e/secret.json',
    '/assets/../../secret.json',
    '/assets/..%5c..%5csecret.json',
    '//etc/passwd',
    '/assets',
    '/assets/',
    '/notes.txt',
    '/index.html%00.js',
    '/.stamp',
  ];
  for (const path of attempts.map((end) => face.place + end.slice(1))) {
    const answer = await ask(face, path, { headers });
    // 403 where the path leads out of the window's place, 404 within it.
    expect([403, 404]).toContain(answer.status);
    expect(answer.body).not.toContain('secret');
  }
});

test('a request target that is no address is answered, not thrown', async () => {
  const { face } = await aServedFace();
  const headers = { Cookie: await aSession(face) };
  for (const path of ['http://[', '*', 'http://evil.example/']) {
    expect([400, 403]).toContain((await ask(face, path, { headers })).status);
  }
  expect((await ask(face, face.place, { headers })).status).toBe(200);
});

test('HEAD is answered without a body; other methods are named as unavailable', async () => {
  const { face } = await aServedFace();
  const headers = { Cookie: await aSession(face) };
  const head = await ask(face, face.place, { headers, method: 'HEAD' });
  expect(head).toMatchObject({ status: 200, body: '' });
  const post = await ask(face, face.place, { headers, method: 'POST' });
  expect(post).toMatchObject({ status: 405, headers: { allow: 'GET, HEAD' } });
});

test('a window that was never built is named, with what to do', async () => {
  await expect(aServedFace({ rendererFolder: temporaryFolder() })).rejects.toMatchObject({
    code: 'shell.window-missing',
    remedy: expect.stringContaining('npm start'),
  });
});
