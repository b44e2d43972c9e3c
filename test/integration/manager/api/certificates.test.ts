import { afterEach, expect, test } from 'vitest';
import { makeCertificate } from '../../../../src-main/lab/api/certificate.ts';
import { Apis } from '../../../builders/an-api.ts';

const apis = new Apis();
afterEach(() => apis.clean());

const HELLO = { method: 'GET', path: '/' } as const;

test('a certificate that nobody vouches for is shown, and nothing is sent', async () => {
  const api = await apis.start();
  const client = apis.stranger(api.url);

  await expect(client.request(HELLO)).rejects.toMatchObject({ code: 'api.certificate-unknown' });

  expect(api.control.requests()).toEqual([]);
  expect(client.status).toMatchObject({
    state: 'needs-you',
    need: {
      kind: 'certificate-unknown',
      offered: {
        host: '127.0.0.1',
        port: api.port,
        fingerprint: api.fingerprint,
        subject: 'C=US, O=Wazuh, CN=lab-manager',
        reason: 'It is signed by itself, as Wazuh makes it at installation.',
      },
    },
  });
});

test('an accepted certificate is enough, whatever it names and although it has expired', async () => {
  const certificate = await makeCertificate({
    names: ['another.example'],
    notAfter: new Date('2024-02-03T00:00:00Z'),
  });
  const api = await apis.start({ certificate });
  const client = apis.client(api);

  await client.request(HELLO);

  expect(client.status).toMatchObject({ state: 'connected', need: null, error: null });
  expect(client.certificate).toMatchObject({
    trust: 'accepted',
    fingerprint: api.fingerprint,
    validUntil: '2024-02-03T00:00:00.000Z',
  });
});

test('accepting the certificate lets the next request through without a new client', async () => {
  const api = await apis.start();
  const client = apis.stranger(api.url);
  await expect(client.request(HELLO)).rejects.toThrow('is not known');

  apis.certificates.accept('127.0.0.1', api.port, api.fingerprint ?? '', 0);

  await expect(client.request(HELLO)).resolves.toMatchObject({ status: 200 });
});

test('a certificate that a trusted authority signed for the host needs nobody to accept it', async () => {
  const certificate = await makeCertificate();
  const api = await apis.start({ certificate });
  const client = apis.stranger(api.url, { authorities: [certificate.cert] });

  await client.request(HELLO);

  expect(client.certificate).toMatchObject({ trust: 'authorities' });
});

test.each([
  ['names another host', { names: ['another.example'] }, 'It names another host.'],
  ['has expired', { notAfter: new Date('2024-02-03T00:00:00Z') }, 'It has expired.'],
])('a trusted certificate that %s is not taken', async (_what, wish, reason) => {
  const certificate = await makeCertificate(wish);
  const api = await apis.start({ certificate });
  const client = apis.stranger(api.url, { authorities: [certificate.cert] });

  await expect(client.request(HELLO)).rejects.toMatchObject({
    code: 'api.certificate-unknown',
    need: { offered: { reason } },
  });
  expect(api.control.requests()).toEqual([]);
});

test('a certificate that changed between two requests stops everything before a byte is sent', async () => {
  const api = await apis.start();
  const client = apis.client(api);
  await client.request(HELLO);
  const known = api.fingerprint;
  api.control.clearRequests();

  const changed = await api.control.changeCertificate();

  await expect(client.request(HELLO)).rejects.toMatchObject({
    code: 'api.certificate-changed',
    need: { kind: 'certificate-changed', knownFingerprint: known, offered: { fingerprint: changed } },
  });
  expect(api.control.requests()).toEqual([]);
  expect(client.status).toMatchObject({ state: 'needs-you', need: { kind: 'certificate-changed' } });
});

test('the stop after a changed certificate stands although the old one is back', async () => {
  const api = await apis.start();
  const impostor = await apis.start();
  apis.certificates.accept('127.0.0.1', impostor.port, api.fingerprint ?? '', 0);
  const client = apis.stranger(impostor.url);
  await expect(client.request(HELLO)).rejects.toMatchObject({ code: 'api.certificate-changed' });
  await impostor.close();

  await expect(client.request(HELLO)).rejects.toMatchObject({ code: 'api.certificate-changed' });
});

test('forgetting the old certificate and accepting the new one ends the stop', async () => {
  const api = await apis.start();
  const client = apis.client(api);
  await client.request(HELLO);
  const changed = await api.control.changeCertificate();
  await expect(client.request(HELLO)).rejects.toThrow('different certificate');

  apis.certificates.forget('127.0.0.1', api.port);
  apis.certificates.accept('127.0.0.1', api.port, changed, 0);
  client.reset();

  await expect(client.request(HELLO)).resolves.toMatchObject({ status: 200 });
  expect(client.certificate?.fingerprint).toBe(changed);
});

test('a well-signed certificate does not take the place of the accepted one', async () => {
  const api = await apis.start();
  const other = await makeCertificate();
  apis.certificates.accept('127.0.0.1', api.port, other.fingerprint, 0);
  const trusted = await apis.start({ certificate: other });
  apis.certificates.accept('127.0.0.1', trusted.port, api.fingerprint ?? '', 0);

  const client = apis.stranger(trusted.url, { authorities: [other.cert] });

  await expect(client.request(HELLO)).rejects.toMatchObject({ code: 'api.certificate-changed' });
});

test('a connection that is made anew after an idle one ended shows its certificate again', async () => {
  const api = await apis.start();
  const client = apis.client(api);
  await client.request(HELLO);
  api.control.dropIdleConnections();

  await expect(client.request(HELLO)).resolves.toMatchObject({ status: 200 });

  await api.control.changeCertificate();
  const together = await Promise.allSettled(Array.from({ length: 8 }, () => client.request(HELLO)));
  expect(together.map(({ status }) => status)).toEqual(Array.from({ length: 8 }, () => 'rejected'));
});

test('two clients decide each by what was accepted for their endpoint', async () => {
  const [first, second] = [await apis.start(), await apis.start()];
  const client = apis.client(first);
  await client.request(HELLO);

  await expect(apis.stranger(second.url).request(HELLO)).rejects.toMatchObject({
    code: 'api.certificate-unknown',
  });
});
