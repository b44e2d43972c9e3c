import type { ConnectionProfile, ProfileDraft } from '../../src-shared/domain/connection-profile.ts';
import type { KnownAgent } from '../../src-shared/domain/agent.ts';

/** A manager reached by key over SSH, whose JSON alerts are followed. */
export function aDraft(changes: Partial<ProfileDraft> = {}): ProfileDraft {
  return {
    name: 'mgr-fra-1',
    ssh: {
      host: 'mgr-fra-1.example.net',
      port: 22,
      user: 'verdict',
      methods: ['key'],
      keyPath: '~/.ssh/id_ed25519',
      jumps: [],
      allowsLegacyAlgorithms: false,
    },
    isLocal: false,
    api: null,
    prefix: null,
    elevation: 'none',
    alertFormat: 'json',
    readsArchives: false,
    publishing: 'off',
    ...changes,
  };
}

export function aProfile(changes: Partial<ConnectionProfile> = {}): ConnectionProfile {
  const { id = 1, ...draft } = changes;
  return { ...aDraft(draft), id };
}

export function aKnownAgent(changes: Partial<KnownAgent> = {}): KnownAgent {
  return {
    agentId: '001',
    name: 'web-01',
    ip: '192.0.2.10',
    status: 'active',
    version: '4.14.7',
    osName: 'Debian GNU/Linux',
    osPlatform: 'debian',
    groups: ['default'],
    lastKeepAlive: '2026-11-21T18:30:00.000Z',
    nodeName: 'node01',
    ...changes,
  };
}
