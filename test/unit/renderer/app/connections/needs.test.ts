import { describe, expect, it } from 'vitest';
import { needWords, openNeeds, secretNoun } from '../../../../../src-renderer/app/connections/needs.ts';
import type { ConnectionNeed } from '../../../../../src-shared/ipc/connections.ts';
import { aConnectionStatus, aWay } from '../../../../builders/a-connection-status.ts';

const offered = { host: 'mgr-fra-1', port: 22, keyType: 'ssh-ed25519', fingerprint: 'SHA256:abc' };
const prompt: ConnectionNeed = {
  kind: 'prompt',
  promptId: 'p1',
  asker: 'mgr-fra-1:22',
  title: '',
  instructions: '',
  fields: [],
};
const needing = (need: ConnectionNeed, id = 1) =>
  aConnectionStatus({ id, host: { ...aWay({ state: 'needs-you', need }), kind: 'ssh' } });

describe('what connections wait for', () => {
  it('is listed connection by connection', () => {
    const needs = openNeeds([
      needing(prompt, 1),
      aConnectionStatus({ id: 2 }),
      needing({ kind: 'host-key-unknown', offered }, 3),
    ]);
    expect(needs.map(({ profileId, need }) => [profileId, need.kind])).toEqual([
      [1, 'prompt'],
      [3, 'host-key-unknown'],
    ]);
  });

  it('is another thing once another key is shown', () => {
    const [first] = openNeeds([needing({ kind: 'host-key-unknown', offered })]);
    const [second] = openNeeds([
      needing({ kind: 'host-key-unknown', offered: { ...offered, fingerprint: 'SHA256:def' } }),
    ]);
    expect(first?.key).not.toBe(second?.key);
  });

  it('is told once when both ways wait for the same', () => {
    const way = aWay({ state: 'needs-you', need: { kind: 'secret', secret: 'password', wasRefused: false } });
    expect(openNeeds([aConnectionStatus({ host: { ...way, kind: 'ssh' }, api: way })])).toHaveLength(1);
  });
});

describe('a need in words', () => {
  it('alarms only when a key or a certificate has changed', () => {
    const changed: ConnectionNeed = { kind: 'host-key-changed', offered, known: [] };
    expect(needWords({ name: 'fra', need: changed }).isAlarm).toBe(true);
    expect(needWords({ name: 'fra', need: { kind: 'host-key-unknown', offered } }).isAlarm).toBe(false);
  });

  it('names another port than the usual one', () => {
    const need: ConnectionNeed = { kind: 'host-key-unknown', offered: { ...offered, port: 2222 } };
    expect(needWords({ name: 'fra', need }).title).toBe('Is this mgr-fra-1:2222’s key?');
  });

  it('shows what a hostile server calls itself, and cuts it', () => {
    const need = { ...prompt, asker: `evil\u202E${'x'.repeat(500)}` };
    const { title } = needWords({ name: 'fra', need });
    expect(title).toContain('⟨RLO⟩');
    expect(title.length).toBeLessThan(120);
  });

  it('tells a password that was turned down from one that is missing', () => {
    const need = { kind: 'secret', secret: 'password', wasRefused: true } as const;
    expect(needWords({ name: 'fra', need }).title).toBe('fra did not accept the password');
    expect(needWords({ name: 'fra', need: { ...need, wasRefused: false } }).title).toBe(
      'fra needs the password',
    );
  });
});

describe('secrets in words', () => {
  it('count jump hosts from one', () => {
    expect(secretNoun('jump-0-password')).toBe('password of jump host 1');
    expect(secretNoun('jump-1-passphrase')).toBe('passphrase for the key of jump host 2');
  });
});
