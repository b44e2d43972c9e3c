import { readFileSync } from 'node:fs';
import { afterEach, expect, test, vi } from 'vitest';
import { createHandOver } from '../../../../src-main/manager/publish/create-hand-over.ts';
import type { Lab } from '../../../../src-main/lab/lab.ts';
import type { ProfileDraft } from '../../../../src-shared/domain/connection-profile.ts';
import { labAccess } from '../../../builders/a-lab-host.ts';
import { Labs } from '../../../builders/a-lab.ts';
import { aDraft } from '../../../builders/a-profile.ts';
import { settleNext } from '../../../builders/committing.ts';
import { NO_RECORDS } from '../../../builders/outcomes.ts';
import { aSaveRequest, someConnections } from '../../../builders/some-connections.ts';

const labs = new Labs();
afterEach(() => labs.clean());

const until = (check: () => void) => vi.waitFor(check, { timeout: 20_000, interval: 25 });

function draftOf(lab: Lab, publishing: 'socket' | 'api'): ProfileDraft {
  const { url, user } = lab.api;
  const { prefix } = lab.ssh;
  return aDraft({ name: 'lab-manager', ssh: labAccess(lab), api: { url, user }, prefix, publishing });
}

/** The lab's manager, connected and followed to its end. */
async function aConnectedLab(publishing: 'socket' | 'api') {
  const lab = await labs.start();
  const all = someConnections({ abilities: { handOver: createHandOver() } });
  const { host, port, keyType, hostKey: key, fingerprint } = lab.ssh;
  all.store.hostKeys.pin({ host, port, keyType, key, fingerprint, acceptedMs: 0 });
  const api = new URL(lab.api.url);
  all.store.certificates.accept(api.hostname, Number(api.port), lab.api.fingerprint, 0);
  const secrets = { 'api-password': lab.api.password };
  const request = aSaveRequest({ draft: draftOf(lab, publishing), secrets });
  const id = await all.connections.save(request);
  await until(() => expect(all.sources.status()).toMatchObject([{ state: 'following' }]));
  return { ...all, lab, id };
}

const ownAlerts = (lab: Lab) =>
  readFileSync(lab.manager.alertsJson, 'utf8')
    .split('\n')
    .filter((line) => line.includes('"verdict_desk"'))
    .map((line): unknown => JSON.parse(line));

test.each([
  ['socket', 'virustotal', /^(?!000)\d{3}$/],
  ['api', 'API-Webhook', /^000$/],
] as const)(
  'over the %s an outcome becomes an alert of the manager, comes back and is known as ours: no loop',
  async (way, location, agentId) => {
    const { lab, id, store, connections } = await aConnectedLab(way);
    const before = store.tallies();

    settleNext(store, NO_RECORDS);
    connections.outcomeSettled();

    await until(() => expect(store.publications.counts(id)).toMatchObject({ seen: 1 }));
    expect(store.publications.counts(id)).toEqual({ waiting: 0, sent: 0, seen: 1, failed: 0, error: null });
    expect(ownAlerts(lab)).toMatchObject([
      { rule: { id: '87103' }, location, agent: { id: expect.stringMatching(agentId) } },
    ]);
    expect(store.tallies()).toMatchObject({ fim_events: before.fim_events, answered: before.answered + 1 });
    expect(store.publications.next(id)).toBeNull();
  },
  40_000,
);
