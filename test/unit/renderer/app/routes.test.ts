import { describe, expect, it } from 'vitest';
import {
  agentsHref,
  checkHref,
  connectionsHref,
  detectionsHref,
  parseRoute,
  queueHref,
  readConnectionsAddress,
  settingsHref,
} from '../../../../src-renderer/app/routes.ts';

describe('addresses of the window', () => {
  it('lead back to what they were made from', () => {
    const href = detectionsHref({
      view: 'to-triage',
      file: 12,
      outcome: ['queued', 'failed'],
      agent: 'web&ams=1',
      text: 'a b/ü?#',
    });
    const { place, params } = parseRoute(href);
    expect(place).toBe('detections');
    expect(Object.fromEntries(params)).toEqual({
      view: 'to-triage',
      outcome: 'queued,failed',
      agent: 'web&ams=1',
      text: 'a b/ü?#',
      file: '12',
    });
  });

  it('name a part of the settings', () => {
    expect(parseRoute(settingsHref('virustotal'))).toMatchObject({ place: 'settings', part: 'virustotal' });
    expect(parseRoute(settingsHref())).toMatchObject({ place: 'settings', part: null });
  });

  it('of the queue show the files that wait', () => {
    expect(parseRoute(queueHref).params.get('outcome')).toBe('queued');
  });

  it('name a connection, its form or the form of a new one', () => {
    for (const address of [
      { mode: 'list' },
      { mode: 'add' },
      { mode: 'show', profileId: 3 },
      { mode: 'edit', profileId: 3 },
    ] as const) {
      const { place, part, params } = parseRoute(connectionsHref(address));
      expect([place, part]).toEqual(['settings', 'connections']);
      expect(readConnectionsAddress(params)).toEqual(address);
    }
  });

  it('name an agent by its connection and its id', () => {
    const { place, params } = parseRoute(
      agentsHref({ agent: { profile: 'mgr-fra-1', agentId: '007' }, statuses: ['active', 'pending'] }),
    );
    expect(place).toBe('agents');
    expect(Object.fromEntries(params)).toEqual({ status: 'active,pending', agent: 'mgr-fra-1/007' });
  });

  it('carry a hash to check', () => {
    expect(parseRoute(checkHref('abc')).params.get('check')).toBe('abc');
  });

  it.each(['', '#', '#/', '#/elsewhere', '#sheet', '#/%E0%A4%A'])('%j leads to the overview', (hash) => {
    expect(parseRoute(hash).place).toBe('overview');
  });

  it('with a damaged part lead to their screen', () => {
    expect(parseRoute('#/settings/%E0%A4%A').place).toBe('settings');
  });
});
