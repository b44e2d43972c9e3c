import { describe, expect, it } from 'vitest';
import {
  checkHref,
  detectionsHref,
  parseRoute,
  queueHref,
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
