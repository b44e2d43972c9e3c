import { Readable } from 'node:stream';
import { expect, it } from 'vitest';
import { takeSecretsFrom } from '../../../src-main/cli/environment-secrets.ts';
import { readSecrets } from '../../../src-main/cli/given-secrets.ts';
import { redactor } from '../../../src-main/log/redactor.ts';

const input = (text: string) => Readable.from([Buffer.from(text)]);

it('secrets of the environment are taken out of it: no child gets them, and no log', () => {
  const environment: NodeJS.ProcessEnv = {
    PATH: '/bin',
    VERDICT_DESK_SSH_PASSWORD: 'of-ssh-7f3a',
    VERDICT_DESK_SSH_PASSPHRASE: '',
    VERDICT_DESK_API_PASSWORD: 'of-api-7f3a',
  };
  expect(takeSecretsFrom(environment)).toEqual({ password: 'of-ssh-7f3a', 'api-password': 'of-api-7f3a' });
  expect(environment).toEqual({ PATH: '/bin' });
  expect(redactor.redact('got of-ssh-7f3a and of-api-7f3a')).not.toMatch(/7f3a/);
});

it('secrets on standard input have the names of the documentation', async () => {
  const text = JSON.stringify({
    password: 'one-91c2',
    passphrase: 'two-91c2',
    sudoPassword: 'three-91c2',
    apiPassword: 'four-91c2',
    jumps: [{ password: 'five-91c2' }],
  });
  expect(await readSecrets(input(text))).toEqual({
    password: 'one-91c2',
    passphrase: 'two-91c2',
    'sudo-password': 'three-91c2',
    'api-password': 'four-91c2',
    jumps: [{ password: 'five-91c2' }],
  });
  expect(redactor.redact('five-91c2 four-91c2')).not.toMatch(/91c2/);
});

it.each([
  ['', 'It is no JSON'],
  ['{"password": "hidden-secret"', 'It is no JSON'],
  ['"hidden-secret"', 'all of it'],
  ['{"pasword": "hidden-secret"}', 'a name that is not one of these'],
  ['{"password": 5}', 'Wrong: password'],
  ['{"password": ""}', 'Wrong: password'],
  [`{"password": "${'x'.repeat(70_000)}"}`, 'too long'],
])('%s is refused without quoting it', async (text, words) => {
  const refused = await readSecrets(input(text)).catch((error: unknown) => error);
  expect(refused).toMatchObject({ code: 'usage.secrets-stdin', message: expect.stringContaining(words) });
  expect(JSON.stringify(refused)).not.toContain('hidden-secret');
});
