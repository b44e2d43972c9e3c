import { describe, expect, it } from 'vitest';
import {
  connectionWords,
  plainSources,
  wayWords,
} from '../../../../../src-renderer/app/connections/connection-words.ts';
import type { ProfileDraft } from '../../../../../src-shared/domain/connection-profile.ts';
import { aConnectionStatus, aSourceStatus, aWay } from '../../../../builders/a-connection-status.ts';

const now = new Date(2026, 10, 17, 14, 32).getTime();
const at = (hours: number, minutes: number) => new Date(2026, 10, 17, hours, minutes).toISOString();
const error = { code: 'ssh.refused', message: 'refused', remedy: 'look' };
const hostKeyNeed = {
  kind: 'host-key-unknown',
  offered: { host: 'mgr-fra-1', port: 22, keyType: 'ssh-ed25519', fingerprint: 'SHA256:abc' },
} as const;

describe('a connection in words', () => {
  it('is connected, and tells how far behind reading is', () => {
    const words = connectionWords(aConnectionStatus(), aSourceStatus({ lagMs: 1600 }), now);
    expect(words).toMatchObject({ lamp: 'on', word: 'Connected', lag: ['1.6 s', 'behind'] });
  });

  it('needs a person before anything else', () => {
    const host = { ...aWay({ state: 'needs-you', need: hostKeyNeed }), kind: 'ssh' as const };
    const api = aWay({ state: 'waiting', error });
    const words = connectionWords(aConnectionStatus({ host, api }), null, now);
    expect(words).toMatchObject({ lamp: 'off', word: 'Needs you', more: 'to compare its host key', rank: 0 });
  });

  it('is stopped by a changed key, and says so', () => {
    const need = { ...hostKeyNeed, kind: 'host-key-changed', known: [] } as const;
    const host = { ...aWay({ state: 'stopped', need, error }), kind: 'ssh' as const };
    const words = connectionWords(aConnectionStatus({ host }), null, now);
    expect(words).toMatchObject({ word: 'Stopped', more: 'its host key changed', rank: 0 });
  });

  it('tells since when it is away and when it is tried again', () => {
    const way = aWay({ state: 'waiting', since: at(14, 6), retryAt: new Date(now + 18_000).toISOString() });
    const words = connectionWords(aConnectionStatus({ host: { ...way, kind: 'ssh' } }), null, now);
    expect(words).toMatchObject({ word: 'No connection', more: 'since 14:06, tried again in 18 s' });
  });

  it('stays connected while only its API is away, and says so', () => {
    const api = aWay({ state: 'stopped', since: at(14, 6), error });
    const words = connectionWords(aConnectionStatus({ api }), aSourceStatus(), now);
    expect(words).toMatchObject({ word: 'Connected', mark: 'suspicious', more: 'its API stopped 14:06' });
  });

  it('names the alert file that cannot be read', () => {
    const words = connectionWords(aConnectionStatus(), aSourceStatus({ state: 'unreadable' }), now);
    expect(words).toMatchObject({ lamp: 'off', more: 'alerts.json cannot be read' });
  });

  it('is idle when a person switched it off', () => {
    const host = { ...aWay({ state: 'off' }), kind: 'ssh' as const };
    expect(connectionWords(aConnectionStatus({ host }), null, now)).toMatchObject({
      lamp: 'idle',
      word: 'Switched off',
    });
  });
});

describe('the way to a manager in words', () => {
  const draft: ProfileDraft = {
    name: 'mgr-fra-1',
    ssh: {
      host: 'mgr-fra-1',
      port: 22,
      user: 'verdict',
      methods: ['agent'],
      keyPath: null,
      jumps: [
        { host: 'jump-1', port: 22, user: 'ops', methods: ['agent'], keyPath: null },
        { host: '10.0.0.9', port: 2222, user: 'ops', methods: ['agent'], keyPath: null },
      ],
      allowsLegacyAlgorithms: false,
    },
    isLocal: false,
    api: { url: 'https://mgr-fra-1:55000/', user: 'wazuh' },
    prefix: null,
    elevation: 'none',
    alertFormat: 'json',
    readsArchives: true,
    publishing: 'off',
  };

  it('names user, host, jump hosts and the API', () => {
    expect(wayWords(draft)).toBe('verdict@mgr-fra-1:22 via jump-1, 10.0.0.9:2222 · API mgr-fra-1:55000');
  });

  it('writes the address of an IPv6 host with brackets', () => {
    const ssh = { ...draft.ssh!, host: 'fd00::7', jumps: [] };
    expect(wayWords({ ...draft, ssh, api: null })).toBe('verdict@[fd00::7]:22');
  });

  it('calls the machine by what it is when the manager runs here', () => {
    expect(wayWords({ ...draft, ssh: null, isLocal: true, api: null })).toBe('this machine');
  });
});

describe('sources without a connection', () => {
  it('are those that no connection follows', () => {
    const sources = [aSourceStatus({ id: 1 }), aSourceStatus({ id: 2, path: '/mnt/alerts.log' })];
    expect(plainSources(sources, [aConnectionStatus({ sourceId: 1 })]).map(({ id }) => id)).toEqual([2]);
  });
});
