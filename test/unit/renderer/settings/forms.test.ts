import { describe, expect, test } from 'vitest';
import { ruleProblem, ruleWarning } from '../../../../src-renderer/settings/exclusion-words.ts';
import { keyProblem } from '../../../../src-renderer/settings/key-words.ts';
import { readDays, recheckDraft } from '../../../../src-renderer/settings/recheck-draft.ts';
import { readSection } from '../../../../src-renderer/settings/sections.ts';

const path = (pattern: string) => ({ effect: 'mute', kind: 'path', pattern }) as const;

describe('a rule as it is typed', () => {
  test('needs a pattern of its kind', () => {
    expect(ruleProblem(path(' '), [])).toContain('needed');
    expect(ruleProblem(path('var/log'), [])).toContain('starts with /');
    expect(ruleProblem(path('C:\\Temp\\'), [])).toBeNull();
    expect(ruleProblem({ effect: 'mute', kind: 'extension', pattern: '/x.log' }, [])).toContain('ending');
    expect(ruleProblem({ effect: 'mute', kind: 'hash', pattern: 'abc' }, [])).toContain('digits');
    expect(ruleProblem({ effect: 'exclude', kind: 'agent', pattern: 'db fra' }, [])).toBeNull();
  });

  test('is not added twice, though the other effect may cover the same', () => {
    expect(ruleProblem(path('/srv/'), [path('/srv/')])).toContain('already');
    expect(ruleProblem({ ...path('/srv/'), effect: 'exclude' }, [path('/srv/')])).toBeNull();
  });

  test('warns when it covers everything, or less than it seems to', () => {
    expect(ruleWarning(path('/**'))).toContain('every file');
    expect(ruleWarning(path('/'))).toContain('every file');
    expect(ruleWarning(path('/srv/upload'))).toContain('one path only');
    expect(ruleWarning(path('/srv/upload/'))).toBeNull();
    expect(ruleWarning(path('/srv/a.exe'))).toBeNull();
    expect(ruleWarning(path('/var/log/*'))).toBeNull();
  });
});

describe('the re-check policy', () => {
  test('is shown in days and stored in hours', () => {
    const policy = { noRecordsHours: 24, cleanHours: 180, seenWithinDays: 30 };
    expect(recheckDraft(policy)).toEqual({ noRecordsDays: '1', cleanDays: '7.5', seenWithinDays: '30' });
    expect(readDays(recheckDraft(policy)).policy).toEqual(policy);
  });

  test('says which field is wrong', () => {
    const { policy, problems } = readDays({ noRecordsDays: '', cleanDays: '400', seenWithinDays: '1.5' });
    expect(policy).toBeNull();
    expect(problems.noRecordsDays).toContain('needed');
    expect(problems.cleanDays).toContain('365');
    expect(problems.seenWithinDays).toContain('Whole days');
  });
});

describe('a key before VirusTotal is asked', () => {
  test('holds no blanks and is not empty', () => {
    expect(keyProblem('')?.message).toContain('No key');
    expect(keyProblem('abc def')?.message).toContain('blanks');
    expect(keyProblem(` ${'a'.repeat(64)} `)).toBeNull();
  });
});

describe('the address of a section', () => {
  test('leads to it, and an unknown one to the first', () => {
    expect(readSection('exclusions')).toBe('exclusions');
    expect(readSection('rechecks')).toBe('queue');
    expect(readSection('nonsense')).toBe('connections');
    expect(readSection(null)).toBe('connections');
  });
});
