import { describe, expect, it } from 'vitest';
import { draftInput } from '../../../../../../src-renderer/app/connections/form/draft-input.ts';
import { draftProblems } from '../../../../../../src-renderer/app/connections/form/draft-problems.ts';
import {
  apiUrlFor,
  draftOf,
  EMPTY_DRAFT,
  nameFrom,
  withConfigHost,
  withHost,
  withNewJump,
  type ConnectionDraft,
} from '../../../../../../src-renderer/app/connections/form/draft.ts';
import { problemsOf } from '../../../../../../src-renderer/app/connections/form/field-keys.ts';
import { profileDraft } from '../../../../../../src-shared/ipc/connections.ts';
import { aConnectionDetail } from '../../../../../builders/a-connection-detail.ts';

const draft = (part: Partial<ConnectionDraft> = {}): ConnectionDraft => ({
  ...withHost(EMPTY_DRAFT, 'mgr-fra-1.ops.example'),
  ...part,
});
const signedIn = (): ConnectionDraft => {
  const form = draft();
  return { ...form, manager: { ...form.manager, user: 'verdict' } };
};
const stored = aConnectionDetail({ prefix: '/opt/ossec', alertFormat: 'log' }, [
  'password',
  'jump-0-password',
  'sudo-password',
]);

describe('a new connection', () => {
  it('is called after its host until a person names it', () => {
    expect(draft().name).toBe('mgr-fra-1');
    const named = { ...draft(), name: 'prod', isNameOwn: true };
    expect(withHost(named, 'other').name).toBe('prod');
    expect(nameFrom('10.0.0.7')).toBe('10.0.0.7');
    expect(nameFrom('fd00::7')).toBe('fd00-7');
    expect(nameFrom('-- ö')).toBe('');
  });

  it('takes from ~/.ssh/config what that knows, and keeps the rest as typed', () => {
    const filled = withConfigHost(signedIn(), {
      alias: 'fra',
      host: '10.0.0.7',
      port: 2222,
      user: null,
      keyPath: '~/.ssh/fra',
      jumps: [{ host: 'jump-1', port: 22, user: null }],
    });
    expect(filled.name).toBe('fra');
    expect(filled.manager).toMatchObject({
      host: '10.0.0.7',
      port: '2222',
      user: 'verdict',
      keyPath: '~/.ssh/fra',
      methods: ['agent', 'key'],
    });
    expect(filled.jumps).toMatchObject([{ host: 'jump-1', user: 'verdict' }]);
  });

  it('moves the address of the API along with the host until it was typed itself', () => {
    const withApi = { ...draft(), usesApi: true, apiUrl: apiUrlFor('mgr-fra-1.ops.example') };
    expect(withHost(withApi, 'mgr-2').apiUrl).toBe('https://mgr-2:55000');
    expect(withHost({ ...withApi, apiUrl: 'https://own:1' }, 'mgr-2').apiUrl).toBe('https://own:1');
    expect(apiUrlFor('fd00::7')).toBe('https://[fd00::7]:55000');
  });
});

describe('a form that can be saved', () => {
  it('is what the contract takes', () => {
    const { draft: input } = draftInput(signedIn());
    expect(draftProblems(signedIn(), [])).toEqual({});
    expect(profileDraft.safeParse(input).success).toBe(true);
  });

  it('leaves out what its way has no use for', () => {
    const api = draft({
      way: 'api',
      apiUrl: 'https://mgr:55000',
      apiUser: 'wazuh',
      apiPassword: 'secret',
      elevation: 'sudo-password',
      sudoPassword: 'hidden',
    });
    const { draft: input, secrets } = draftInput(api);
    expect(input).toMatchObject({ ssh: null, alertFormat: null, elevation: 'none' });
    expect(secrets).toEqual({ 'api-password': 'secret', jumps: [] });
    expect(profileDraft.safeParse(input).success).toBe(true);
  });

  it('gives back a stored profile unchanged', () => {
    const { id: _, ...profile } = stored.profile;
    expect(draftInput(draftOf(stored.profile)).draft).toEqual(profile);
  });
});

describe('what is wrong with a form', () => {
  it('is told beside its field', () => {
    const problems = draftProblems(
      draft({
        manager: { ...EMPTY_DRAFT.manager, host: 'ops@mgr', port: '0', methods: [] },
        prefix: 'ossec',
      }),
      ['mgr-fra-1'],
    );
    expect(Object.keys(problems).toSorted()).toEqual(['host', 'method', 'name', 'port', 'prefix', 'user']);
  });

  it('is told for each jump host', () => {
    expect(draftProblems(withNewJump(signedIn()), [])).toEqual({
      'jump-0-host': 'A host name or address is needed.',
    });
  });

  it('is a password that would be readable on the way', () => {
    const open = { ...signedIn(), usesApi: true, apiUser: 'wazuh', apiUrl: 'http://mgr-fra-1:55000' };
    expect(draftProblems(open, [])['api-url']).toContain('https');
    expect(draftProblems({ ...open, apiUrl: 'http://127.0.0.1:55000' }, [])).toEqual({});
  });
});

describe('failed checks', () => {
  const check = {
    step: 'sign-in',
    outcome: 'failed',
    hop: null,
    message: 'No.',
    remedy: 'Do.',
    need: null,
  } as const;

  it('belong to the field they name, on the machine they name', () => {
    const problems = problemsOf([
      { ...check, field: 'password' },
      { ...check, field: 'password', hop: 1 },
      { ...check, field: 'host', outcome: 'ok' },
      { ...check, field: null },
    ]);
    expect(problems).toEqual({ password: 'No. Do.', 'jump-1-password': 'No. Do.' });
  });
});
