import { describe, expect, test } from 'vitest';
import {
  addHolders,
  chosenAgents,
  choiceOfAgent,
  choicesOfAgents,
  DraftStore,
  EMPTY_DRAFT,
  needsConsent,
  problemsOf,
  requestOf,
  takeElsewhere,
  type LaunchDraft,
} from '../../../../../src-renderer/app/scans/launch-draft.ts';

const WEB = { profile: 'mgr-fra-1', agentId: '003', name: 'web-ams-1' };
const MAIL = { profile: 'mgr-fra-1', agentId: '009', name: 'mail-ams-1' };
const DB = { profile: 'mgr-fra-1', agentId: '007', name: 'db-fra-1' };

function draft(part: Partial<LaunchDraft>): LaunchDraft {
  return { ...EMPTY_DRAFT, choices: [choiceOfAgent(WEB)], ...part };
}

describe('what is put together for a scan', () => {
  test('an agent that is chosen by name and by group counts once', () => {
    const choices = [choiceOfAgent(WEB), { id: 'group:linux', label: 'Group linux', agents: [WEB, DB] }];
    expect(chosenAgents({ choices })).toEqual([WEB, DB]);
  });

  test('a handful of ticked agents stand by name, more stand together', () => {
    expect(choicesOfAgents([WEB, DB]).map(({ label }) => label)).toEqual(['web-ams-1', 'db-fra-1']);
    const many = Array.from({ length: 500 }, (_, at) => ({ ...WEB, agentId: String(at).padStart(3, '0') }));
    expect(choicesOfAgents(many)).toHaveLength(1);
    expect(chosenAgents({ choices: choicesOfAgents(many) })).toHaveLength(500);
  });

  test('a file that lies elsewhere, too, can be taken there, and back', () => {
    const there = { path: '/opt/x.exe', agents: [DB] };
    const before = draft({
      kind: 'file',
      path: '/srv/x.exe',
      origin: { fileId: 1, name: 'x.exe' },
      elsewhere: [there],
    });
    const after = { ...before, ...takeElsewhere(before, there) };
    expect([after.path, chosenAgents(after)]).toEqual(['/opt/x.exe', [DB]]);
    expect(after.elsewhere).toEqual([{ path: '/srv/x.exe', agents: [WEB] }]);
    const [back] = after.elsewhere;
    expect(back && { ...after, ...takeElsewhere(after, back) }).toEqual(before);
  });

  test('every holder of a file: those at its path are chosen, the others are named', () => {
    const origin = { fileId: 12, name: 'x.exe' };
    const there = { path: '/tmp/x.exe', agents: [DB, MAIL] };
    const here = { path: '/srv/x.exe', agents: [WEB] };
    const before = draft({ choices: [choiceOfAgent(WEB)], kind: 'file', path: here.path, origin });
    const ofFile = { ...before, ...addHolders(before, [there, here]) };
    expect(chosenAgents(ofFile)).toEqual([WEB]);
    expect(ofFile).toMatchObject({ path: here.path, elsewhere: [there] });
    const ofMemory: LaunchDraft = { ...before, kind: 'memory' };
    expect(chosenAgents({ ...ofMemory, ...addHolders(ofMemory, [there, here]) })).toEqual([WEB, DB, MAIL]);
    expect(addHolders(before, [])).toBeNull();
  });

  test('consent is asked for where KES may disinfect, not for looking only', () => {
    expect(needsConsent(draft({ kind: 'full' }))).toBe(true);
    expect(needsConsent(draft({ kind: 'update' }))).toBe(false);
    expect(needsConsent(draft({ kind: 'folder', action: 'skip' }))).toBe(false);
    expect(needsConsent(draft({ kind: 'full', action: 'skip' }))).toBe(true);
  });

  test('any change takes the consent back: it was given for something else', () => {
    const store = new DraftStore();
    store.change({ acceptsHarm: true });
    expect(store.read().acceptsHarm).toBe(true);
    store.change({ choices: [choiceOfAgent(DB)] });
    expect(store.read().acceptsHarm).toBe(false);
  });

  test('what is begun elsewhere starts afresh but keeps the pace', () => {
    const store = new DraftStore();
    store.change({ kind: 'memory', rules: { ...EMPTY_DRAFT.rules, atOnce: 2 } });
    store.begin({ choices: [choiceOfAgent(WEB)] });
    expect(store.read()).toMatchObject({ kind: 'full', rules: { atOnce: 2 } });
  });

  test('there is no request before there is an agent, and a path where one is needed', () => {
    expect(requestOf(EMPTY_DRAFT)).toBeNull();
    expect(requestOf(draft({ kind: 'file', path: 'srv/upload' }))).toBeNull();
    expect(problemsOf(draft({ kind: 'file', path: 'srv/upload' })).path).toContain('from the root');
    expect(problemsOf(draft({ kind: 'file', path: '/srv/a\nb' })).path).toBe('No control characters.');
  });

  test('path, action and origin go with a file or folder only; one agent has no canary', () => {
    const origin = { fileId: 12, name: 'invoice.exe' };
    const left = { path: '/srv/upload', action: 'skip', origin } as const;
    expect(requestOf(draft({ kind: 'folder', ...left }))).toMatchObject({
      path: '/srv/upload',
      action: 'skip',
      originFileId: 12,
      rules: { canary: false },
    });
    expect(requestOf(draft({ kind: 'full', ...left }))).toMatchObject({
      path: null,
      action: 'as-set',
      originFileId: null,
    });
    expect(requestOf(draft({ choices: [choiceOfAgent(WEB), choiceOfAgent(DB)] }))?.rules.canary).toBe(true);
  });
});
