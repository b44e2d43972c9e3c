import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, onTestFinished, test, vi } from 'vitest';
import { AlertSources } from '../../../src-main/app/alert-sources.ts';
import { openConnections } from '../../../src-main/app/connections/open-connections.ts';
import { openEngine } from '../../../src-main/app/engine.ts';
import { secretForms } from '../../../src-main/log/secret-forms.ts';
import { systemClock } from '../../../src-main/app/clock.ts';
import type { ProfileDraft } from '../../../src-shared/domain/connection-profile.ts';
import { Labs } from '../../builders/a-lab.ts';
import { aSaveRequest, statusOf } from '../../builders/some-connections.ts';

const until = (check: () => void) => vi.waitFor(check, { timeout: 30_000, interval: 50 });
const nobody = () => undefined;
const PASSPHRASE = 'passphrase of the vault';

async function aDataFolder() {
  const dataFolder = mkdtempSync(join(tmpdir(), 'verdict-desk-data-'));
  const engine = await openEngine({
    dataFolder,
    world: 'real',
    holder: 'a test',
    virustotalUrl: 'http://127.0.0.1:1/api/v3',
    cipher: null,
    environment: {},
  });
  await engine.secrets.unlock(PASSPHRASE);
  const sources = new AlertSources({
    sources: engine.store.sources,
    journal: engine.store.journal,
    clock: engine.clock,
    changed: nobody,
    troubleChanged: nobody,
  });
  const home = mkdtempSync(join(tmpdir(), 'verdict-desk-home-'));
  const connections = openConnections({
    engine,
    hub: { statusChanged: nobody, dataChanged: nobody },
    sources,
    surroundings: { ssh: { agents: [], home }, knownHostsFiles: [], environment: {} },
  });
  const close = async () => {
    await connections.close();
    await sources.close();
    await engine.close();
  };
  onTestFinished(() => {
    for (const folder of [dataFolder, home]) rmSync(folder, { recursive: true, force: true });
  });
  return { dataFolder, engine, connections, close };
}

async function aLab() {
  const labs = new Labs();
  const lab = await labs.start({ clock: systemClock });
  onTestFinished(() => labs.clean());
  return lab;
}

/** What stands in the files of a folder, by name. */
function filesIn(folder: string): ReadonlyMap<string, string> {
  const entries = readdirSync(folder, { recursive: true, withFileTypes: true });
  const paths = entries.filter((entry) => entry.isFile()).map((entry) => join(entry.parentPath, entry.name));
  return new Map(paths.map((path) => [path, readFileSync(path, 'latin1')]));
}

test('after a session with failures and successes no secret stands in a file, an answer or a message', async () => {
  const lab = await aLab();
  const { dataFolder, engine, connections, close } = await aDataFolder();
  const { host, port, user, password, fingerprint } = lab.ssh;
  const right = { password, 'sudo-password': password, 'api-password': lab.api.password };
  const wrong = {
    password: 'Wrong-ssh-password-4711',
    'sudo-password': 'Wrong-sudo-password-4711',
    'api-password': 'Wrong-api-password-4711',
  };
  const draft: ProfileDraft = {
    name: 'mgr',
    ssh: {
      host,
      port,
      user,
      methods: ['password', 'keyboard-interactive'],
      keyPath: null,
      jumps: [],
      allowsLegacyAlgorithms: false,
    },
    isLocal: false,
    api: { url: lab.api.url, user: lab.api.user },
    prefix: null,
    elevation: 'sudo-password',
    alertFormat: 'json',
    readsArchives: false,
    publishing: 'api',
  };
  const accepted = { hostKeys: [{ host, port, fingerprint }], certificate: lab.api.fingerprint };
  const { signal } = new AbortController();
  const answers: unknown[] = [];

  answers.push(await connections.test(aSaveRequest({ draft, accepted, secrets: wrong }), signal));
  answers.push(await connections.test(aSaveRequest({ draft, accepted, secrets: right }), signal));
  const id = await connections.save(aSaveRequest({ draft, accepted, secrets: wrong }));
  await until(() => expect(statusOf(connections, id).host?.need?.kind).toBe('secret'));
  answers.push(connections.status(), await connections.list());
  await connections.save(aSaveRequest({ profileId: id, draft, accepted, secrets: right }));
  await until(() => {
    expect(statusOf(connections, id).host?.state).toBe('connected');
    expect(statusOf(connections, id).api?.state).toBe('connected');
  });
  answers.push(await connections.probe(id));
  await connections.refreshAgents(id);
  // Whatever a careless line of code may hand to the log.
  engine.log.error('test.careless', { error: new Error(`sudo: ${password}`), basic: basicOf(lab.api) });
  answers.push(connections.status(), await connections.list());
  await close();

  const files = filesIn(dataFolder);
  const told = new Map([...files, ['the window', JSON.stringify(answers)]]);
  const holding = (text: string) => [...told].filter(([, all]) => all.includes(text)).map(([place]) => place);
  // What is no secret is found, so the rest would be.
  expect(holding('test.careless')).toEqual([join(dataFolder, 'logs/verdict-desk.log')]);
  expect(holding(fingerprint)).toContain('the window');
  expect(holding(fingerprint).length).toBeGreaterThan(1);
  for (const secret of [...Object.values(right), ...Object.values(wrong), PASSPHRASE]) {
    for (const form of secretForms(secret)) {
      expect({ form, places: holding(form) }).toEqual({ form, places: [] });
    }
  }
});

const basicOf = ({ user, password }: { readonly user: string; readonly password: string }): string =>
  Buffer.from(`${user}:${password}`).toString('base64');
