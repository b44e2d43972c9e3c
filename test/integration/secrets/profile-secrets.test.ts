import { expect, test } from 'vitest';
import { MemorySecretStore } from '../../../src-main/secrets/memory-secret-store.ts';
import { ProfileSecrets } from '../../../src-main/secrets/profile-secrets.ts';

const REFUSING = { acceptsClearText: false };

test('each profile has secrets of its own; forgetting one leaves the others', async () => {
  const store = new MemorySecretStore();
  const secrets = new ProfileSecrets(store, () => undefined);
  await secrets.keep(
    1,
    new Map([
      ['password', 'one'],
      ['api-password', 'one-api'],
    ]),
    REFUSING,
  );
  await secrets.keep(
    12,
    new Map([
      ['password', 'twelve'],
      ['jump-0-password', 'jump'],
    ]),
    REFUSING,
  );

  expect((await secrets.kept(12)).toSorted()).toEqual(['jump-0-password', 'password']);
  await secrets.forget(1);

  expect(await secrets.kept(1)).toEqual([]);
  expect(await secrets.get(1, 'password')).toBeNull();
  expect(await secrets.get(12, 'password')).toBe('twelve');
});

test('what does not belong to an edited profile any more is removed', async () => {
  const secrets = new ProfileSecrets(new MemorySecretStore(), () => undefined);
  await secrets.keep(
    1,
    new Map([
      ['password', 'a'],
      ['jump-0-password', 'b'],
      ['jump-1-password', 'c'],
    ]),
    REFUSING,
  );

  await secrets.forget(1, (secret) => secret === 'password' || secret === 'jump-0-password');

  expect((await secrets.kept(1)).toSorted()).toEqual(['jump-0-password', 'password']);
});

test('a secret for this run comes first, is not kept, and is kept out of logs', async () => {
  const store = new MemorySecretStore();
  const keptOut: string[] = [];
  const secrets = new ProfileSecrets(store, (secret) => keptOut.push(secret));
  await secrets.keep(1, new Map([['password', 'the kept one']]), REFUSING);

  secrets.useForThisRun(1, 'password', 'only-for-this-run');

  expect(await secrets.get(1, 'password')).toBe('only-for-this-run');
  expect(await store.get('profile-1-password')).toBe('the kept one');
  expect(keptOut).toEqual(['only-for-this-run']);
  await secrets.keep(1, new Map([['password', 'the next one']]), REFUSING);
  expect(await secrets.get(1, 'password')).toBe('the next one');
});

test('what profiles left behind that are gone is swept away, and nothing else', async () => {
  const store = new MemorySecretStore(new Map([['virustotal-key', 'key']]));
  const secrets = new ProfileSecrets(store, () => undefined);
  await secrets.keep(1, new Map([['password', 'one']]), REFUSING);
  await secrets.keep(2, new Map([['password', 'two']]), REFUSING);

  await secrets.sweep(new Set([2]));

  expect((await store.names()).toSorted()).toEqual(['profile-2-password', 'virustotal-key']);
});
