import { existsSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import * as fc from 'fast-check';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { sshConfigHosts } from '../../../../src-main/manager/ssh/ssh-config-hosts.ts';

describe('hosts of the user’s ssh_config', () => {
  let home: string;
  beforeEach(() => (home = mkdtempSync(join(tmpdir(), 'verdict-desk-home-'))));
  afterEach(() => rmSync(home, { recursive: true, force: true }));

  const write = (text: string, name = 'config') => {
    const path = join(home, '.ssh', name);
    mkdirSync(dirname(path), { recursive: true });
    writeFileSync(path, text);
  };
  const hosts = () => sshConfigHosts({ home, localUser: 'operator' });

  test('none when there is no such file', async () => {
    expect(await hosts()).toEqual([]);
  });

  test('offered with host, user, port and key; wildcards apply and are not offered', async () => {
    write(
      [
        'Host mgr-fra mgr-fra-1.example.net',
        '  HostName 192.0.2.10',
        '  Port=2222 # the jump network',
        '  IdentityFile "~/.ssh/id of the manager"',
        'Host mgr-* !mgr-lab',
        '  User verdict',
        'Host *',
        '  User nobody',
        '  Port 22',
      ].join('\n'),
    );
    expect(await hosts()).toEqual([
      {
        alias: 'mgr-fra',
        host: '192.0.2.10',
        port: 2222,
        user: 'verdict',
        keyPath: '~/.ssh/id of the manager',
        jumps: [],
      },
      {
        alias: 'mgr-fra-1.example.net',
        host: '192.0.2.10',
        port: 2222,
        user: 'verdict',
        keyPath: '~/.ssh/id of the manager',
        jumps: [],
      },
    ]);
  });

  test('jump hosts are followed through their own settings, nearest first', async () => {
    write(
      [
        'Host manager',
        '  ProxyJump admin@inner:2022,dmz',
        'Host inner',
        '  HostName inner.example.net',
        '  ProxyJump gate',
        'Host dmz',
        '  HostName dmz.example.net',
        '  User relay',
        '  ProxyJump never-used',
        'Host gate',
        '  HostName gate.example.net',
        '  Port 443',
      ].join('\n'),
    );
    expect((await hosts()).find(({ alias }) => alias === 'manager')?.jumps).toEqual([
      { host: 'gate.example.net', port: 443, user: null },
      { host: 'inner.example.net', port: 2022, user: 'admin' },
      { host: 'dmz.example.net', port: 22, user: 'relay' },
    ]);
  });

  test('jump hosts that lead in a circle, and programs as a way, are left out', async () => {
    write(
      [
        'Host a\n  ProxyJump b',
        'Host b\n  ProxyJump a',
        'Host c\n  ProxyCommand nc %h %p',
        'Host d\n  ProxyJump c',
        'Host e\n  ProxyJump none\n  ProxyCommand nc %h %p',
      ].join('\n'),
    );
    expect((await hosts()).map(({ alias }) => alias)).toEqual(['e']);
  });

  test('tokens are filled in; unknown ones leave the setting out', async () => {
    write(
      [
        'Host one\n  HostName %h.example.net\n  User root\n  Port 2200\n  IdentityFile %d/keys/%r@%h-%p-%u-%n%%',
        'Host two\n  IdentityFile %Q\n  HostName %k',
        'Host three\n  IdentityFile ${HOME}/key',
      ].join('\n'),
    );
    expect(await hosts()).toMatchObject([
      {
        alias: 'one',
        host: 'one.example.net',
        keyPath: `${home}/keys/root@one.example.net-2200-operator-one%`,
      },
      { alias: 'three', keyPath: null },
    ]);
  });

  test('included files count where they are included', async () => {
    write('Include conf.d/*.conf missing\nHost direct\n  HostName 192.0.2.1\n  Include only-direct');
    write('Host from-include\n  HostName 192.0.2.2\nHost *\n  User included', 'conf.d/10-first.conf');
    write('Host ignored', 'conf.d/readme.txt');
    write('Port 2022', 'only-direct');
    expect(await hosts()).toMatchObject([
      { alias: 'from-include', host: '192.0.2.2', port: 22, user: 'included' },
      { alias: 'direct', host: '192.0.2.1', port: 2022, user: 'included' },
    ]);
  });

  test('a file that includes itself is read to an end', async () => {
    write('Include config\nInclude config\nHost once\n  HostName 192.0.2.3');
    expect(await hosts()).toMatchObject([{ alias: 'once' }]);
  });

  test('nothing is run to decide a Match', async () => {
    const trace = join(home, 'was-run');
    write(
      [
        `Match exec "touch ${trace}"\n  User run`,
        `Match originalhost m,n exec "touch ${trace}"\n  User run`,
        'Match originalhost n\n  User by-name',
        'Host m n',
        `  ProxyJump "$(touch ${trace})"`,
        'Host n',
      ].join('\n'),
    );
    const offered = await hosts();
    expect(existsSync(trace)).toBe(false);
    expect(offered).toEqual([]);
  });

  test('a Match that names the host is understood', async () => {
    write(
      'Match originalhost n !user x\n  User by-name\nMatch all\n  Port 24\nHost m n\n  HostName 192.0.2.4',
    );
    expect(await hosts()).toMatchObject([
      { alias: 'm', user: null, port: 24 },
      { alias: 'n', user: 'by-name', port: 24 },
    ]);
  });

  test('names that hide something, look like options or hold no port are left out', async () => {
    write(
      [
        'Host -oProxyCommand',
        'Host rtl\u202Efdp',
        'Host good\n  User "two words"',
        'Host fine\n  HostName -x',
        'Host late\n  Port 70000',
        'Host key\n  IdentityFile "a\u202Eb"',
        'Host',
        'Host "open',
      ].join('\n'),
    );
    expect(await hosts()).toMatchObject([{ alias: 'key', keyPath: null }]);
  });

  test('whatever the file holds, reading it ends without an error', async () => {
    const word = fc.constantFrom(
      'Host',
      'Match',
      'Include',
      'config',
      '*',
      '"',
      '=',
      '%',
      'ProxyJump',
      'a',
      ',',
      '!',
      '\n',
      '\t',
      'exec',
      '\0',
    );
    await fc.assert(
      fc.asyncProperty(fc.array(fc.oneof(word, fc.string()), { maxLength: 40 }), async (words) => {
        write(words.join(' '));
        expect(Array.isArray(await hosts())).toBe(true);
      }),
      { numRuns: 100 },
    );
  });
});
