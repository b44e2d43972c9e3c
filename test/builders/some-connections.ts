import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { onTestFinished } from 'vitest';
import { AlertSources } from '../../src-main/app/alert-sources.ts';
import { systemClock, type Clock } from '../../src-main/app/clock.ts';
import type { ConnectionTools, ManagerAbilities } from '../../src-main/app/connections/connection-tools.ts';
import { Connections } from '../../src-main/app/connections/connections.ts';
import type { SaveRequest } from '../../src-main/app/connections/save-profile.ts';
import { alertsPath } from '../../src-main/app/connections/followed-alerts.ts';
import { SharedApiLimits } from '../../src-main/manager/api/shared-limits.ts';
import { OfferedHostKeys } from '../../src-main/manager/ssh/host-key-trust.ts';
import { detectPrefix } from '../../src-main/manager/probe/detect-prefix.ts';
import { MemorySecretStore } from '../../src-main/secrets/memory-secret-store.ts';
import { ProfileSecrets } from '../../src-main/secrets/profile-secrets.ts';
import type { CapabilityReport } from '../../src-shared/domain/capability.ts';
import type { ConnectionStatus } from '../../src-shared/ipc/connections.ts';
import { aDraft } from './a-profile.ts';
import { aStore } from './a-store.ts';

/** Connections over a real store, as the app composes them, with nothing of this account's own keys and known hosts. */
export function someConnections(
  changes: {
    readonly abilities?: Partial<ManagerAbilities>;
    readonly clock?: Clock;
    readonly store?: ReturnType<typeof aStore>;
  } = {},
) {
  const { clock = systemClock, store = aStore() } = changes;
  store.sources.stop(store.sourceId);
  const events = { changed: 0, dataChanged: 0 };
  const dataChanged = () => void (events.dataChanged += 1);
  const changed = () => void (events.changed += 1);
  const journal = store.journal;
  const sources = new AlertSources({
    sources: store.sources,
    journal,
    clock,
    changed,
    troubleChanged: dataChanged,
  });
  const secretStore = new MemorySecretStore();
  const home = mkdtempSync(join(tmpdir(), 'verdict-desk-home-'));
  const tools: ConnectionTools = {
    store,
    sources,
    secrets: new ProfileSecrets(secretStore, () => undefined),
    offered: new OfferedHostKeys(),
    limits: new SharedApiLimits(clock),
    abilities: {
      detectPrefix,
      probe: (request) =>
        Promise.resolve({ ...NO_FINDINGS, probedAt: new Date(request.clock.now()).toISOString() }),
      handOver: null,
      ...changes.abilities,
    },
    surroundings: {
      ssh: { agents: [], home },
      knownHostsFiles: [join(home, 'known_hosts')],
      environment: {},
    },
    clock,
    log: {
      path: '',
      info: () => undefined,
      warn: () => undefined,
      error: () => undefined,
      close: () => undefined,
    },
    changed,
    dataChanged,
  };
  const connections = new Connections(tools);
  onTestFinished(async () => {
    await connections.close();
    await sources.close();
    rmSync(home, { recursive: true, force: true });
  });
  return { connections, store, sources, secretStore, tools, events, home };
}

const NO_FINDINGS: CapabilityReport = {
  probedAt: '',
  tookMs: 1,
  manager: { hostName: null, version: '4.14.7', prefix: null, account: null, daemons: [], clusterNode: null },
  clockDifferenceMs: 0,
  findings: [],
};

export function aSaveRequest(changes: Partial<SaveRequest> = {}): SaveRequest {
  return {
    profileId: null,
    draft: aDraft(),
    secrets: {},
    accepted: { hostKeys: [], certificate: null },
    acceptsClearText: false,
    forgets: [],
    ...changes,
  };
}

/** A folder like a manager's, with an alert file that holds these lines. */
export function aManagerTree(text = ''): { readonly prefix: string; readonly alerts: string } {
  const prefix = mkdtempSync(join(tmpdir(), 'verdict-desk-manager-'));
  onTestFinished(() => rmSync(prefix, { recursive: true, force: true }));
  const alerts = alertsPath(prefix, 'json');
  mkdirSync(dirname(alerts), { recursive: true });
  writeFileSync(alerts, text);
  return { prefix, alerts };
}

export function statusOf(connections: Connections, id: number): ConnectionStatus {
  const found = connections.status().find((status) => status.id === id);
  if (!found) throw new Error(`There is no connection ${id}.`);
  return found;
}
