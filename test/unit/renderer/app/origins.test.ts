import { describe, expect, it } from 'vitest';
import { originsInOrder, summariseOrigins } from '../../../../src-renderer/app/origins.ts';
import { aConnectionStatus, aSourceStatus, aWay } from '../../../builders/a-connection-status.ts';

const now = Date.UTC(2026, 10, 17, 13, 32);

describe('where the alerts come from, in the status bar', () => {
  it('is the one connection by its name, with its lag', () => {
    const [only, ...more] = summariseOrigins([aConnectionStatus()], [aSourceStatus()], now);
    expect(more).toEqual([]);
    expect(only).toMatchObject({ state: 'Connected', of: 'mgr-fra-1', lag: ['40 ms', 'behind'] });
    expect(only?.href).toBe('#/settings/connections?show=1');
  });

  it('is told with the worst first', () => {
    const away = aConnectionStatus({
      id: 2,
      name: 'mgr-ber-2',
      sourceId: null,
      host: { ...aWay({ state: 'waiting' }), kind: 'ssh' },
    });
    const origins = summariseOrigins([aConnectionStatus(), away], [aSourceStatus()], now);
    expect(origins.map(({ of }) => of)).toEqual(['mgr-ber-2', 'mgr-fra-1']);
    expect(originsInOrder(origins)).toBe(1);
  });

  it('counts the files that were named directly as one', () => {
    const files = [
      aSourceStatus(),
      aSourceStatus({ id: 2, path: '/mnt/a/alerts.json' }),
      aSourceStatus({ id: 3, path: '/mnt/b/alerts.json' }),
    ];
    const origins = summariseOrigins([aConnectionStatus()], files, now);
    expect(origins.map(({ of }) => of)).toEqual(['mgr-fra-1', '2 files']);
  });

  it('is nothing at first', () => {
    expect(summariseOrigins([], [], now)).toEqual([]);
  });
});
