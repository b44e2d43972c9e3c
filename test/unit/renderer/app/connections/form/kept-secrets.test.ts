import { describe, expect, it } from 'vitest';
import { draftInput } from '../../../../../../src-renderer/app/connections/form/draft-input.ts';
import { draftOf, type ConnectionDraft } from '../../../../../../src-renderer/app/connections/form/draft.ts';
import {
  keepingOf,
  keepingWords,
  withForgotten,
} from '../../../../../../src-renderer/app/connections/form/kept-secrets.ts';
import { aConnectionDetail } from '../../../../../builders/a-connection-detail.ts';

const stored = aConnectionDetail({ api: { url: 'https://mgr-fra-1:55000', user: 'wazuh' } }, [
  'password',
  'passphrase',
  'jump-0-password',
  'sudo-password',
  'api-password',
]);
const form = draftOf(stored.profile);
const withManager = (part: Partial<ConnectionDraft['manager']>): ConnectionDraft => ({
  ...form,
  manager: { ...form.manager, ...part },
});

describe('kept secrets', () => {
  it('are kept while the form names the same machine and account, however it is written', () => {
    for (const same of [form, withManager({ host: ' MGR-FRA-1 ', user: 'ops ' })]) {
      expect(keepingOf(stored, same, 'password')).toBe('kept');
      expect(keepingOf(stored, same, 'sudo-password')).toBe('kept');
    }
    const withoutPort = { ...form, apiUrl: 'https://mgr-fra-1/' };
    expect(keepingOf(stored, withoutPort, 'api-password')).toBe('kept');
    expect(keepingOf(null, form, 'password')).toBe('none');
  });

  it.each([{ host: 'mgr-fra-2' }, { port: '2222' }, { user: 'root' }])(
    'of the manager do not go to %o; the passphrase of the key stays',
    (changed) => {
      const other = withManager(changed);
      expect(keepingOf(stored, other, 'password')).toBe('elsewhere');
      expect(keepingOf(stored, other, 'sudo-password')).toBe('elsewhere');
      expect(keepingOf(stored, other, 'passphrase')).toBe('kept');
      expect(keepingOf(stored, other, 'api-password')).toBe('kept');
    },
  );

  it.each([{ apiUrl: 'https://mgr-fra-2:55000' }, { apiUrl: 'https://mgr-fra-1:443' }, { apiUser: 'admin' }])(
    'of the API do not go to %o',
    (changed) => {
      expect(keepingOf(stored, { ...form, ...changed }, 'api-password')).toBe('elsewhere');
      expect(keepingOf(stored, { ...form, ...changed }, 'password')).toBe('kept');
    },
  );

  it('for sudo on another machine do not serve this one', () => {
    expect(keepingOf(stored, { ...form, way: 'local' }, 'sudo-password')).toBe('elsewhere');
    const local = { ...stored, profile: { ...stored.profile, ssh: null, isLocal: true } };
    expect(keepingOf(local, draftOf(local.profile), 'sudo-password')).toBe('kept');
  });

  it('stay with their machine when jump hosts change places', () => {
    expect(keepingOf(stored, form, 'jump-0-password')).toBe('kept');
    const turned = { ...form, jumps: form.jumps.toReversed() };
    expect(keepingOf(stored, turned, 'jump-0-password')).toBe('none');
    expect(keepingOf(stored, turned, 'jump-1-password')).toBe('kept');
  });

  it('do not go to another jump host at the same place', () => {
    const jumps = form.jumps.map((jump) => ({ ...jump, host: 'elsewhere' }));
    expect(keepingOf(stored, { ...form, jumps }, 'jump-0-password')).toBe('elsewhere');
    expect(keepingOf(stored, { ...form, jumps }, 'jump-1-password')).toBe('none');
  });

  it('are dropped when they are forgotten', () => {
    const less = withForgotten(withForgotten(form, 'password'), 'jump-0-password');
    expect(keepingOf(stored, less, 'password')).toBe('forgotten');
    expect(keepingOf(stored, less, 'jump-0-password')).toBe('forgotten');
    expect(draftInput(less).forgets).toEqual(['password', 'jump-0-password']);
  });

  it('for another machine are named beside the field', () => {
    expect(keepingWords('elsewhere', 'password', '')).toContain('another machine or user');
    expect(keepingWords('elsewhere', 'jump-0-passphrase', '')).toContain('Enter the passphrase');
    expect(keepingWords('elsewhere', 'api-password', '')).toContain('another API or user');
    expect(keepingWords('none', 'password', 'Empty if it has none.')).toBe('Empty if it has none.');
  });
});
