import { describe, expect, it } from 'vitest';
import { whyOnceOnly } from '../../../../../src-renderer/app/sources/once-only.ts';

describe('adding an alert file', () => {
  it.each(['/a/ossec-alerts-16.json.gz', 'C:\\logs\\alerts.JSON.GZ', '/a/2026/Nov/ossec-alerts-16.json'])(
    '%s does not grow, so it is read once',
    (path) => {
      expect(whyOnceOnly(path)).toContain('read once');
    },
  );

  it.each(['/var/ossec/logs/alerts/alerts.json', '/var/ossec/logs/alerts/alerts.log', ''])(
    '%j may be followed',
    (path) => {
      expect(whyOnceOnly(path)).toBeNull();
    },
  );
});
