import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { decodeJsonAlert } from '../../../src-shared/formats/json-alert.ts';
import { byteText, plainSource, utf8Bytes } from '../../../src-shared/formats/source-text.ts';
import { fimLine, plainLine } from '../../builders/an-alert-record.ts';
import { asFim, fromJson } from '../../builders/decode-alert.ts';

describe('the head of an alert', () => {
  test.each([
    ['2026-11-21T18:33:48.746+0000', Date.UTC(2026, 10, 21, 18, 33, 48, 746)],
    ['2026-11-21T18:33:48.746-0330', Date.UTC(2026, 10, 21, 22, 3, 48, 746)],
    ['2026-11-21T18:33:48+02:00', Date.UTC(2026, 10, 21, 16, 33, 48)],
  ])('its time %s is read with its offset', (timestamp, timeMs) => {
    expect(fromJson(fimLine({}, { timestamp })).timeMs).toBe(timeMs);
  });

  test.each(['yesterday', '2026-13-99T18:33:48.746+0000', 7, null])(
    'without a readable time (%s) the alert id tells the second',
    (timestamp) => {
      expect(fromJson(fimLine({}, { timestamp })).timeMs).toBe(1_795_286_028_000);
    },
  );

  test('compliance tokens are no rule groups, whichever version left them there', () => {
    const groups = ['ossec', 'pci_dss_11.5', 'hipaa_164.312.b', 'tsc_CC6.1', 'syscheck', 'nist_800_53_SI.7'];

    expect(fromJson(fimLine({}, { rule: { id: '554', groups } })).ruleGroups).toEqual(['ossec', 'syscheck']);
  });

  test('a level of 0 is left out by the manager', () => {
    expect(fromJson(fimLine({}, { rule: { id: '554' } })).ruleLevel).toBe(0);
  });

  test.each([
    [
      { id: '000', name: 'manager' },
      { id: '000', name: 'manager', ip: null },
    ],
    [
      { id: '004', name: 'v6', ip: 'fd00::5', labels: { role: 'x' } },
      { id: '004', name: 'v6', ip: 'fd00::5' },
    ],
    [undefined, { id: null, name: 'manager', ip: null }],
    ['nonsense', { id: null, name: 'manager', ip: null }],
  ])('its agent %j', (agent, expected) => {
    expect(fromJson(fimLine({}, { agent })).agent).toEqual(expected);
  });

  test('a device without an agent is named by its script and host', () => {
    const agentless = { host: 'admin@10.0.0.9', script: 'ssh_integrity_check_linux' };

    expect(fromJson(plainLine({ agent: undefined, agentless })).agent).toEqual({
      id: null,
      name: 'ssh_integrity_check_linux',
      ip: 'admin@10.0.0.9',
    });
  });
});

describe('a FIM event', () => {
  test.each(['added', 'modified', 'deleted', 'readded'] as const)('says %s', (event) => {
    expect(asFim(fromJson(fimLine({ event }))).change).toBe(event);
  });

  test('without a known word for the change goes by its rule or decoder, and is never dropped', () => {
    const moved = { event: 'moved' };

    expect(asFim(fromJson(fimLine(moved, { rule: { id: '553' } }))).change).toBe('deleted');
    expect(
      asFim(fromJson(fimLine(moved, { rule: { id: '100200', groups: ['syscheck_entry_modified'] } }))).change,
    ).toBe('modified');
    const custom = (name: string) => fimLine(moved, { rule: { id: '100200' }, decoder: { name } });
    expect(asFim(fromJson(custom('syscheck_new_entry'))).change).toBe('added');
    expect(asFim(fromJson(custom('syscheck_deleted'))).change).toBe('deleted');
    expect(asFim(fromJson(custom('local_decoder'))).change).toBe('modified');
  });

  test('is one whatever the rule that reports it', () => {
    expect(fromJson(fimLine({}, { rule: { id: '100300', level: 12, groups: ['local'] } })).kind).toBe('fim');
  });

  test('needs the syscheck object and a path', () => {
    expect(fromJson(fimLine({ path: 7.5 })).kind).toBe('fim');
    expect(fromJson(fimLine({ path: undefined })).kind).toBe('other');
    expect(fromJson(fimLine({ path: ['/a'] })).kind).toBe('other');
    expect(fromJson(fimLine({}, { syscheck: 'x' })).kind).toBe('other');
  });

  test('of a registry key and of a value is composed as the text form shows it', () => {
    const key = { path: 'HKEY_LOCAL_MACHINE\\Software\\Run', arch: '[x64]' };

    expect(asFim(fromJson(fimLine(key)))).toMatchObject({
      subject: 'registry-key',
      path: '[x64] HKEY_LOCAL_MACHINE\\Software\\Run',
    });
    expect(asFim(fromJson(fimLine({ ...key, value_name: 'My "App"' })))).toMatchObject({
      subject: 'registry-value',
      path: '[x64] HKEY_LOCAL_MACHINE\\Software\\Run\\My "App"',
    });
    expect(asFim(fromJson(fimLine({ ...key, value_name: '' }))).path).toMatch(/\\Run\\$/);
  });

  test('of the registry on 3.x looks like a file and is a key', () => {
    expect(asFim(fromJson(fimLine({ path: '[x32] HKEY_USERS\\S-1-5\\x' }))).subject).toBe('registry-key');
    expect(asFim(fromJson(fimLine({ path: '/srv/HKEY_USERS' }))).subject).toBe('file');
  });

  test('tells both sides of a change', () => {
    const event = asFim(
      fromJson(
        fimLine({
          event: 'modified',
          size_before: '10',
          size_after: '12',
          perm_before: 'rw-r--r--',
          perm_after: '100666',
          uid_before: '0',
          uid_after: '33',
          uname_before: 'root',
          uname_after: 'www-data',
          sha1_before: 'xxx',
          inode_before: 0,
          inode_after: 8_589_934_998,
          mtime_after: "Invalid: '99'",
          changed_attributes: ['size', 'perm', 'uid'],
        }),
      ),
    );

    expect(event.before).toMatchObject({
      sizeBytes: 10,
      permissions: 'rw-r--r--',
      owner: 'root (0)',
      inode: null,
      hashes: { sha1: null },
    });
    expect(event.after).toMatchObject({
      sizeBytes: 12,
      permissions: '100666',
      owner: 'www-data (33)',
      inode: '8589934998',
      modifiedAt: null,
    });
    expect(event.changedAttributes).toEqual(['size', 'permission', 'uid']);
  });

  test('knows owners by whatever half is told', () => {
    expect(asFim(fromJson(fimLine({ uid_after: '33', uname_after: '' }))).after.owner).toBe('33');
    expect(asFim(fromJson(fimLine({ gname_after: 'staff' }))).after.group).toBe('staff');
  });

  test('tells Windows permissions in words', () => {
    const winPerm = [
      { name: 'Users', allowed: ['READ_DATA', 'EXECUTE'], denied: ['DELETE'] },
      'x',
      { name: 'Nobody' },
    ];

    expect(asFim(fromJson(fimLine({ win_perm_after: winPerm }))).after.permissions).toBe(
      'Users (allowed): read_data|execute, Users (denied): delete',
    );
  });

  test('names who made the change, also where 3.4 wrote it', () => {
    const audit = {
      user: { id: '1000', name: 'deploy' },
      login_user: { name: 'admin' },
      process: { id: '902', name: '/usr/bin/vim', parent_name: '/usr/bin/bash' },
    };

    expect(asFim(fromJson(fimLine({ audit }))).actor).toEqual({
      userName: 'deploy',
      loginName: 'admin',
      processName: '/usr/bin/vim',
      processId: '902',
      parentProcessName: '/usr/bin/bash',
    });
    expect(asFim(fromJson(fimLine({}, { audit: { proccess: { id: '7' } } }))).actor?.processId).toBe('7');
    expect(asFim(fromJson(fimLine({ audit: {} }))).actor).toBeNull();
  });
});

function lineWith(path: string): string {
  return fimLine({ path: 'PATH' }).replace('PATH', path);
}

function pathBytesOf(latin1: string, text: string): Uint8Array | null {
  const decoded = decodeJsonAlert({ text: lineWith(text), latin1: () => lineWith(latin1) });
  return 'alert' in decoded ? asFim(decoded.alert).pathBytes : null;
}

describe('the bytes of a path', () => {
  test('are kept when the path is no UTF-8, escapes and all', () => {
    expect(pathBytesOf('/a\\"\\u00e9\\ud83d\\udcbe\xe9', '/a\\"\\u00e9\\ud83d\\udcbe\uFFFD')).toEqual(
      Uint8Array.from([0x2f, 0x61, 0x22, 0xc3, 0xa9, 0xf0, 0x9f, 0x92, 0xbe, 0xe9]),
    );
  });

  test('are not kept when the path lost nothing, a real replacement character included', () => {
    expect(pathBytesOf(byteText(utf8Bytes('/a\uFFFD')), '/a\uFFFD')).toBeNull();
    expect(asFim(fromJson(fimLine({ path: '/Übersicht – 日本語 💾' }))).pathBytes).toBeNull();
  });
});

describe('whatever the line', () => {
  const anything = fc.jsonValue({ maxDepth: 3 });

  test('decoding never throws on any text', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), (text) => {
        expect(decodeJsonAlert(plainSource(text))).toBeDefined();
      }),
    );
  });

  test('decoding never throws on values of any kind in any place', () => {
    const place = fc.constantFrom(
      'rule',
      'agent',
      'manager',
      'data',
      'syscheck',
      'timestamp',
      'full_log',
      'audit',
    );
    fc.assert(
      fc.property(fc.dictionary(place, anything), (root) => {
        expect(decodeJsonAlert(plainSource(fimLine({}, root)))).toBeDefined();
      }),
    );
  });

  test('decoding never throws on values of any kind inside the syscheck object', () => {
    const names = [
      'path',
      'event',
      'mode',
      'size_after',
      'win_perm_after',
      'tags',
      'audit',
      'value_name',
      'arch',
    ];
    fc.assert(
      fc.property(fc.dictionary(fc.constantFrom(...names), anything), (syscheck) => {
        expect(decodeJsonAlert(plainSource(fimLine(syscheck)))).toBeDefined();
      }),
    );
  });

  test('decoding never throws wherever the line is cut', () => {
    for (let length = 0; length < fimLine().length; length += 1) {
      expect(decodeJsonAlert(plainSource(fimLine().slice(0, length)))).toEqual({ malformed: 'not-json' });
    }
  });
});
