import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { plainSource } from '../../../src-shared/formats/source-text.ts';
import { decodeTextAlert } from '../../../src-shared/formats/text-alert.ts';
import { fimText, plainText } from '../../builders/an-alert-record.ts';
import { asFim, fromText } from '../../builders/decode-alert.ts';

const MD5 = '0cc175b9c0f1b6a831c399e269772661';

function withRule(rule: string): string {
  return plainText().replace(/^Rule.*$/m, rule);
}

describe('the head of an alert', () => {
  test.each([
    ['** Alert 1795286028.5: - ossec,syscheck,pci_dss_11.5,', ['ossec', 'syscheck']],
    ['** Alert 1795286028.5: mail  - local,kaspersky', ['local', 'kaspersky']],
    ['** Alert 1795286028.5: mail - ossec,', ['ossec']],
    ['** Alert 1795286028.5: - ', []],
  ])('%s', (header, groups) => {
    const alert = fromText(plainText().replace(/^.*/, header));

    expect(alert).toMatchObject({ alertId: '1795286028.5', timeMs: 1_795_286_028_000, ruleGroups: groups });
  });

  test.each([
    ['(web-01) 10.0.0.5->syscheck', { id: null, name: 'web-01', ip: '10.0.0.5' }, null, 'syscheck'],
    ['(win10) any->/a->b', { id: null, name: 'win10', ip: null }, null, '/a->b'],
    ['(v6) fd00::5->virustotal', { id: null, name: 'v6', ip: 'fd00::5' }, null, 'virustotal'],
    ['manager->/var/log/x', { id: '000', name: 'manager', ip: null }, 'manager', '/var/log/x'],
  ])('the place %s', (place, agent, managerName, location) => {
    const alert = fromText(plainText().replace('(web-01) 10.0.0.5->/var/log/secure', place));

    expect(alert).toMatchObject({ agent, managerName, location });
  });

  test('labels stand before the rule line', () => {
    const alert = fromText(fimText().replace('Rule:', 'role: file server\nsite.name: madrid\nRule:'));

    expect(asFim(alert)).toMatchObject({ ruleId: '554', path: '/srv/a.bin' });
  });

  test('net lines stand behind it and are no part of the body', () => {
    const net = ['Src IP: (none)', 'Src Port: 1', 'Dst IP: 10.0.0.1', 'Dst Location: X', 'User: (none)'];

    expect(asFim(fromText(fimText().replace('\nFile ', `\n${net.join('\n')}\nFile `))).path).toBe(
      '/srv/a.bin',
    );
  });

  test('a description goes to the last quote, and over lines when a file name in it does', () => {
    expect(fromText(withRule("Rule: 5 (level 7) -> 'It's 'quoted' here.'")).ruleDescription).toBe(
      "It's 'quoted' here.",
    );
    expect(fromText(withRule("Rule: 5 (level 7) -> 'Alert - /a\nb - found'")).ruleDescription).toBe(
      'Alert - /a\nb - found',
    );
  });

  test('CRLF from a Windows copy is tolerated', () => {
    expect(asFim(fromText(fimText().replaceAll('\n', '\r\n')))).toEqual(asFim(fromText(fimText())));
  });
});

describe('the path of a FIM event', () => {
  test.each([
    '/srv/it\'s a "quoted" file & more',
    "/srv/x' added",
    '/srv/two\nlines',
    "/srv/x' added\nnext line",
    "/srv/x' added\nMode: realtime\n\nAttributes:\n - MD5: 92eb5ffee6ae2fec3ad71c777531578f",
    '/srv/trailing space ',
    '/srv/a [...] z',
    'c:\\users\\public\\setup "v2" (final).exe',
  ])('%j', (path) => {
    const event = asFim(fromText(fimText(path)));

    expect(event.path).toBe(path);
    expect(event.after.hashes.md5).toBe(MD5);
  });

  test('of a registry value ends in a backslash when the value is the default one', () => {
    const record = fimText('[x32] HKEY_LOCAL_MACHINE\\Run\\').replace("File '", "Registry Value '");

    expect(asFim(fromText(record))).toMatchObject({
      subject: 'registry-value',
      path: '[x32] HKEY_LOCAL_MACHINE\\Run\\',
    });
  });

  test('keeps its source bytes when it is no UTF-8', () => {
    const decoded = decodeTextAlert({
      text: fimText('/srv/caf\uFFFD'),
      latin1: () => fimText('/srv/caf\u00e9'),
    });

    expect('alert' in decoded ? asFim(decoded.alert).pathBytes : null).toEqual(
      Uint8Array.from('/srv/caf\u00e9', (character) => character.charCodeAt(0)),
    );
  });
});

describe('the body of a FIM event', () => {
  test('of 3.12 and later: mode, hard links, change lines with names', () => {
    const record = fimText().replace(
      'Mode: realtime\n',
      [
        'Hard links: /srv/b,/srv/c d',
        'Mode: whodata',
        'Changed attributes: uid,user_name,permission',
        "Ownership was '0', now it is '1000'",
        "User name was 'root', now it is 'deployer'",
        "Permissions changed from 'rw-r--r--' to 'rwxr-xr-x'",
        "Old inode was: '8589934998', now it is '8589934999'",
        '',
      ].join('\n'),
    );

    expect(asFim(fromText(record))).toMatchObject({
      mode: 'whodata',
      changedAttributes: ['uid', 'user_name', 'permission'],
      before: { owner: 'root (0)', permissions: 'rw-r--r--', inode: '8589934998' },
      after: { owner: 'deployer (1000)', permissions: 'rwxr-xr-x', inode: '8589934999' },
    });
  });

  test('facts that a changed file holds are not taken for its own', () => {
    const contents = `\nWhat changed:\nAttributes:\n - MD5: ${'0'.repeat(32)}\nMode: scheduled\n\n`;

    expect(asFim(fromText(fimText('/srv/a', { extra: contents })))).toMatchObject({
      mode: 'realtime',
      after: { hashes: { md5: MD5 } },
    });
  });

  test('a digest of placeholder text is none', () => {
    expect(asFim(fromText(fimText('/srv/a', { extra: ' - SHA1: xxx' }))).after.hashes.sha1).toBeNull();
  });

  test('an inode of 0 is none, as on Windows', () => {
    expect(asFim(fromText(fimText('c:\\a', { extra: ' - Inode: 0' }))).after.inode).toBeNull();
  });

  test('a notice of the same place is no FIM event', () => {
    const notice = fimText().replace(/^File .*$/m, 'Real-time file monitoring queue is full.');

    expect(fromText(notice).kind).toBe('other');
  });

  test("the words of a FIM event in somebody else's log are none", () => {
    const forged = fimText().replace('->syscheck', '->/var/log/app.log');

    expect(fromText(forged).kind).toBe('other');
  });
});

describe('whatever the record', () => {
  const line = fc.oneof(
    fc.constantFrom(
      ...fimText().split('\n'),
      ...plainText().split('\n'),
      'What changed:',
      'Tags:',
      ' - x',
      '{',
    ),
    fc.string({ unit: 'binary', maxLength: 30 }),
  );

  test('decoding never throws', () => {
    fc.assert(
      fc.property(fc.array(line, { maxLength: 30 }), fc.boolean(), (lines, hasHead) => {
        const head = hasHead ? fimText().split('\n').slice(0, 3) : [];
        expect(decodeTextAlert(plainSource([...head, ...lines].join('\n')))).toBeDefined();
      }),
    );
  });

  test('decoding never throws wherever the record is cut', () => {
    for (let length = 0; length < fimText().length; length += 1) {
      expect(decodeTextAlert(plainSource(fimText().slice(0, length)))).toBeDefined();
    }
  });

  test('a long hostile record is decoded in a moment', () => {
    const hostile = ["' added\n", "Size changed from '' to ''", ' (', 'a.a.', "'\n"].map((piece) =>
      piece.repeat(Math.floor(300_000 / piece.length)),
    );
    const start = performance.now();
    for (const words of hostile) decodeTextAlert(plainSource(fimText(words, { extra: words })));

    expect(performance.now() - start).toBeLessThan(5000);
  });
});
