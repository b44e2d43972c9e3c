import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it, onTestFinished } from 'vitest';
import {
  draftFromFlags,
  type DraftFlags,
  type DraftSurroundings,
} from '../../../../src-main/cli/connections/draft-from-flags.ts';

const SSH = { user: 'verdict', host: 'mgr', port: 22 };

function aHome(...keys: readonly string[]): string {
  const home = mkdtempSync(join(tmpdir(), 'verdict-desk-home-'));
  onTestFinished(() => rmSync(home, { recursive: true, force: true }));
  mkdirSync(join(home, '.ssh'));
  for (const key of keys) writeFileSync(join(home, '.ssh', key), '');
  return home;
}

function draft(flags: Partial<DraftFlags>, around: Partial<DraftSurroundings> = {}, name = 'fra') {
  const alone = {
    hasPassword: false,
    canAsk: false,
    hasSudoPassword: false,
    hasAgent: false,
    home: '/nonexistent',
  };
  return draftFromFlags(name, { archives: true, publish: 'off', ...flags }, { ...alone, ...around });
}

describe('the options of profile add', () => {
  it('SSH with a key, jumps and sudo', () => {
    const jump = [{ user: 'me', host: 'bastion', port: 2222 }];
    expect(draft({ ssh: SSH, identity: '~/.ssh/desk', jump, sudo: true })).toEqual({
      name: 'fra',
      ssh: {
        ...SSH,
        methods: ['key'],
        keyPath: '~/.ssh/desk',
        jumps: [{ user: 'me', host: 'bastion', port: 2222, methods: ['key'], keyPath: '~/.ssh/desk' }],
        allowsLegacyAlgorithms: false,
      },
      isLocal: false,
      api: null,
      prefix: null,
      elevation: 'sudo',
      alertFormat: 'json',
      readsArchives: true,
      publishing: 'off',
    });
  });

  it.each([
    [{ hasAgent: true }, [], ['agent'], null],
    [{}, ['id_rsa', 'id_ed25519'], ['key'], '~/.ssh/id_ed25519'],
    [
      { hasAgent: true, canAsk: true },
      ['id_rsa'],
      ['agent', 'key', 'password', 'keyboard-interactive'],
      '~/.ssh/id_rsa',
    ],
    [{ hasPassword: true }, [], ['password', 'keyboard-interactive'], null],
    [{}, [], ['password', 'keyboard-interactive'], null],
  ] as const)('without --identity: %j with %j in ~/.ssh signs in by %j', (around, keys, methods, keyPath) => {
    const { ssh } = draft({ ssh: SSH }, { ...around, home: aHome(...keys) });
    expect(ssh).toMatchObject({ methods, keyPath });
  });

  it('a key that is named is all, unless a password came with the call', () => {
    const flags = { ssh: SSH, identity: 'k' };
    expect(draft(flags, { canAsk: true }).ssh?.methods).toEqual(['key']);
    expect(draft(flags, { hasPassword: true }).ssh?.methods).toEqual([
      'key',
      'password',
      'keyboard-interactive',
    ]);
    expect(draft({ ...flags, auth: ['password'] }).ssh).toMatchObject({
      methods: ['password'],
      keyPath: null,
    });
  });

  it('a manager on this machine, with or without an API', () => {
    expect(draft({ local: '/var/ossec/', format: 'log', archives: false })).toMatchObject({
      isLocal: true,
      prefix: '/var/ossec',
      alertFormat: 'log',
      readsArchives: false,
    });
    const api = { api: 'mgr.example.net', apiUser: 'wazuh' };
    expect(draft({ local: '/var/ossec', ...api, publish: 'api' })).toMatchObject({
      api: { url: 'https://mgr.example.net:55000', user: 'wazuh' },
      publishing: 'api',
    });
  });

  it('an API alone follows nothing', () => {
    expect(draft({ api: 'https://mgr:55000', apiUser: 'wazuh' })).toMatchObject({
      ssh: null,
      alertFormat: null,
      readsArchives: false,
    });
  });

  it('sudo takes a password where one was given', () => {
    expect(draft({ ssh: SSH, sudo: true }, { hasSudoPassword: true }).elevation).toBe('sudo-password');
  });

  it.each([
    [{}, 'needs --ssh, --local or --api'],
    [{ ssh: SSH, local: '/var/ossec' }, 'excludes --ssh'],
    [{ local: '/var/ossec', prefix: '/var/ossec' }, 'excludes --prefix'],
    [{ local: '/var/ossec', identity: 'k' }, '--identity belongs to --ssh'],
    [{ api: 'https://m', apiUser: 'u', sudo: true }, '--sudo belongs'],
    [{ api: 'https://m', apiUser: 'u', format: 'json' }, '--format belongs'],
    [{ api: 'https://m' }, '--api needs --api-user'],
    [{ ssh: SSH, apiUser: 'u' }, '--api-user belongs to --api'],
    [{ ssh: SSH, publish: 'api' }, '--publish api needs --api'],
    [{ api: 'https://m', apiUser: 'u', publish: 'socket' }, '--publish socket needs'],
    [{ ssh: SSH, prefix: 'ossec' }, 'an absolute path'],
    [{ ssh: SSH, api: 'http://mgr.example.net', apiUser: 'u' }, 'not encrypted'],
    [{ ssh: SSH, api: 'https://u:p@mgr', apiUser: 'u' }, 'more than a host'],
    [{ ssh: SSH, auth: ['key'] }, 'needs --identity FILE'],
  ] as const)('%j is refused: %s', (flags, words) => {
    expect(() => draft(flags)).toThrow(words);
  });

  it.each(['', '-fra', 'a b', 'ü', 'a'.repeat(65), '../x'])('“%s” is no name', (name) => {
    expect(() => draft({ ssh: SSH }, {}, name)).toThrow('A name has letters');
  });
});
