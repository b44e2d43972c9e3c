import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { parseKesVersion, taskTableOf } from '../../../src-shared/domain/kes-version.ts';
import { explainExitCode } from '../../../src-shared/domain/kesl-exit-code.ts';
import { availabilityOf } from '../../../src-shared/domain/scan-kinds.ts';
import type { ScanKind } from '../../../src-shared/domain/scan.ts';
import {
  findTask,
  parseAppInfo,
  parseEvents,
  parseLicence,
  parseScanTotals,
  parseSettings,
  parseTasks,
} from '../../../src-shared/formats/kesl-output.ts';

const LIST = `Name: File_Threat_Protection
  ID                                  : 1
  Type                                : OAS
  State                               : Started
Name: Scan_My_Computer
  ID                                  : 2
  Type                                : ODS
  State                               : Stopped
Name: Critical_Areas_Scan
  ID                                  : 4
  Type                                : ODS
  State                               : Suspended
`;

const TOTALS = `Scanned objects                     : 23180
Total detected objects              : 2
Infected objects and other objects  : 2
Disinfected objects                 : 1
Moved to Storage                    : 1
Removed objects                     : 1
Not disinfected objects             : 0
Scan errors                         : 3
Password-protected objects          : 4
Skipped                             : 5
`;

describe('what kesl-control prints', () => {
  test('a task list is read by its shape', () => {
    expect(parseTasks(LIST)).toEqual([
      { name: 'File_Threat_Protection', id: 1, type: 'OAS', state: 'started', stateText: 'Started' },
      { name: 'Scan_My_Computer', id: 2, type: 'ODS', state: 'stopped', stateText: 'Stopped' },
      { name: 'Critical_Areas_Scan', id: 4, type: 'ODS', state: 'suspended', stateText: 'Suspended' },
    ]);
    expect(findTask(parseTasks(LIST), ['scan_my_computer'])?.id).toBe(2);
  });

  test('labels in another language change nothing; a word that is not known stays unknown', () => {
    const russian = LIST.replaceAll('Name', 'Имя')
      .replaceAll('State', 'Состояние')
      .replaceAll('Type', 'Тип')
      .replaceAll('Started', 'Запущена');
    expect(parseTasks(russian).map(({ name, state }) => [name, state])).toEqual([
      ['File_Threat_Protection', 'unknown'],
      ['Scan_My_Computer', 'stopped'],
      ['Critical_Areas_Scan', 'suspended'],
    ]);
  });

  test('totals are read by label, else by place when there are exactly ten', () => {
    const totals = {
      scanned: 23_180,
      detected: 2,
      disinfected: 1,
      movedAside: 1,
      removed: 1,
      notDisinfected: 0,
      errors: 3,
      passwordProtected: 4,
      skipped: 5,
    };
    expect(parseScanTotals(TOTALS)).toEqual(totals);
    expect(parseScanTotals(TOTALS.replaceAll(/^[^:]+/gm, 'слово'))).toEqual(totals);
  });

  test('totals that are cut or missing are no totals: nobody may call that clean', () => {
    expect(parseScanTotals('')).toBeNull();
    expect(parseScanTotals(TOTALS.split('\n').slice(0, 1).join('\n'))).toBeNull();
    expect(parseScanTotals('Killed\n')).toBeNull();
  });

  test('the state of the product is read from 10.1 and from 12.3', () => {
    const old = parseAppInfo(
      'Name:    KES\nVersion:   10.1.0.5960\nKey status:   Valid\nAnti-virus databases loaded:   No\n' +
        'Last release date of databases:   1970-01-01 00:00:00\nLicense expiration date:  2027-03-12\n',
    );
    expect(old).toMatchObject({
      version: '10.1.0.5960',
      areDatabasesLoaded: false,
      databasesReleased: null,
      licence: 'Valid',
      licenceExpires: '2027-03-12',
    });
    const current = parseAppInfo(
      'Version: 12.3.0.1\nApplication databases loaded: Yes\nLast release date of databases: 2026-11-20 08:00:00\nPolicy: Applied\n',
    );
    expect(current).toMatchObject({
      areDatabasesLoaded: true,
      databasesReleased: '2026-11-20 08:00:00',
      policy: 'Applied',
      licence: null,
    });
  });

  test('events are read by key, settings by section', () => {
    const events = parseEvents(
      'EventType=ThreatDetected\nFileName=/srv/a=b\nDetectName=EICAR-Test-File\n\nEventType=TaskStateChanged\n',
    );
    expect(events.map((event) => event.get('EventType'))).toEqual(['ThreatDetected', 'TaskStateChanged']);
    expect(events[0]?.get('FileName')).toBe('/srv/a=b');
    const settings = parseSettings(
      'FirstAction=Disinfect\nSecondAction=Remove\n[ScanScope.item_0000]\nPath=/\n',
    );
    expect(settings.get('FirstAction')).toBe('Disinfect');
    expect(settings.get('ScanScope.item_0000.Path')).toBe('/');
  });

  test('a licence tells when it ends', () => {
    const text =
      'Active key information\nExpiration date        : 2027-03-12\nDays remaining until expiration : 111\nKey status : Valid\n';
    expect(parseLicence(text)).toEqual({ expires: '2027-03-12', daysLeft: 111, status: 'Valid' });
  });

  test('nothing an agent prints makes a parser throw or take its time', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary', maxLength: 400 }), (text) => {
        parseTasks(text);
        parseScanTotals(text);
        parseAppInfo(text);
        parseEvents(text);
        parseSettings(text);
        parseLicence(text);
      }),
    );
    expect(parseTasks(`${' '.repeat(200_000)}:${' '.repeat(200_000)}`)).toEqual([]);
    expect(parseSettings(`${' '.repeat(200_000)}=`).size).toBe(1);
  });

  test('every code has words, the ones that no version documents too', () => {
    for (let code = 0; code < 256; code += 1) expect(explainExitCode(code).words).not.toBe('');
    expect(explainExitCode(68).meaning).toBe('managed-by-policy');
    expect(explainExitCode(128).meaning).toBe('unknown');
  });
});

describe('which kinds an agent offers', () => {
  test('numbers 4 and 5 are never relied on: the version or the list decides', () => {
    expect(on('11.0.0', 'memory')).toBe('available');
    expect(on('11.1.0', 'memory')).toBe('unknown');
    expect(on('11.2.0', 'memory')).toBe('replaced');
    expect(on('11.0.0', 'critical-areas')).toBe('absent');
    expect(on('12.4.0', 'critical-areas')).toBe('available');
    const listed = { version: null, taskNames: ['Boot_Scan', 'scan_my_computer'] };
    expect(availabilityOf('boot', listed)).toMatchObject({ state: 'available', basis: 'task-list' });
    expect(availabilityOf('update', listed)).toMatchObject({ state: 'absent', basis: 'task-list' });
  });

  test.each([
    ['kesl-11.2.0-4528.x86_64.rpm', '11.2', 'critical-areas'],
    ['10.1.0.5960', '10.1', 'boot-and-memory'],
    ['KES 11.1.0-3013 for Linux', '11.1', 'unverified'],
  ])('%s is version %s', (text, short, table) => {
    const version = parseKesVersion(text);
    expect(version?.text.startsWith(short)).toBe(true);
    expect(version && taskTableOf(version)).toBe(table);
    expect(parseKesVersion('no version 7')).toBeNull();
  });
});

function on(version: string, kind: ScanKind) {
  return availabilityOf(kind, { version: parseKesVersion(version), taskNames: null }).state;
}
