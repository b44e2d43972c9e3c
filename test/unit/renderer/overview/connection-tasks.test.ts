import { describe, expect, it } from 'vitest';
import { connectionTasks } from '../../../../src-renderer/overview/connection-tasks.ts';
import { aConnectionStatus, aWay } from '../../../builders/a-connection-status.ts';

const now = Date.UTC(2026, 10, 17, 13, 32);
const ago = (ms: number) => new Date(now - ms).toISOString();
const MINUTE = 60_000;

describe('connections that need attention', () => {
  it('are not those that are away for moments', () => {
    const host = { ...aWay({ state: 'waiting', since: ago(2 * MINUTE) }), kind: 'ssh' as const };
    expect(connectionTasks([aConnectionStatus({ host })], now)).toEqual([]);
  });

  it('are those that are away for long, with why', () => {
    const error = { code: 'ssh.refused', message: 'Nobody listens.', remedy: 'Start sshd.' };
    const host = { ...aWay({ state: 'waiting', since: ago(26 * MINUTE), error }), kind: 'ssh' as const };
    const [task] = connectionTasks([aConnectionStatus({ host })], now);
    expect(task?.title).toMatch(/^No connection to mgr-fra-1 since /);
    expect(task?.detail).toBe('Nobody listens. Start sshd.');
    expect(task?.action?.href).toBe('#/settings/connections?show=1');
  });

  it('name the API when only that is away', () => {
    const api = aWay({ state: 'stopped', since: ago(MINUTE) });
    const [task] = connectionTasks([aConnectionStatus({ api })], now);
    expect(task?.title).toMatch(/^No connection to the API of mgr-fra-1 since /);
  });

  it('are those that wait for a person', () => {
    const need = { kind: 'secret', secret: 'password', wasRefused: true } as const;
    const host = { ...aWay({ state: 'needs-you', need }), kind: 'ssh' as const };
    expect(connectionTasks([aConnectionStatus({ host })], now)).toMatchObject([
      { title: 'mgr-fra-1 needs you', detail: 'mgr-fra-1 did not accept the password' },
    ]);
  });
});
