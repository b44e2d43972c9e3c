import { expect, it } from 'vitest';
import { publishingLead } from '../../../../../src-renderer/app/connections/publishing-words.ts';

it('a connection that follows no alerts is said to publish nothing, with what would change that', () => {
  const overApi = publishingLead('api', { hasFiles: false, followsAlerts: false });
  expect(overApi).toContain('follows no alerts, so nothing is published');
  expect(overApi).toContain('over SSH');
  expect(publishingLead('socket', { hasFiles: true, followsAlerts: false })).toContain(
    'Choose its alert file',
  );
  expect(publishingLead('socket', { hasFiles: true, followsAlerts: true })).not.toContain(
    'follows no alerts',
  );
});
