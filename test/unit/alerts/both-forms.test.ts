import { describe, expect, test } from 'vitest';
import type { Alert, FimEvent } from '../../../src-shared/domain/alert.ts';
import { fixture, ofKind, readAlerts } from '../../builders/read-alerts.ts';

const VERSIONS = ['wazuh-3.3', 'wazuh-3.4', 'wazuh-3.11', 'wazuh-3.13', 'wazuh-4.14.7'];

/**
 * What only one form knows, and therefore may differ:
 * - the text form has whole seconds, no agent ids, and no manager name for a remote agent's alert;
 * - the agent's IP may be newer in one form than in the other (an agent registered with `any`);
 * - 3.12+ writes a file's old date as epoch seconds in the text form, without a zone in JSON;
 * - Windows permissions before a change are "Permissions changed." in the text form;
 * - inodes over 32 bits are wrong in the JSON form of 4.x;
 * - paths over 756 characters are shortened in the middle in the text form.
 */
function comparable(alert: Alert): object {
  const common = {
    ...alert,
    timeMs: Math.floor(alert.timeMs / 1000),
    agent: alert.agent.name,
    managerName: null,
  };
  return alert.kind === 'fim' ? { ...common, ...comparableFim(alert) } : common;
}

function comparableFim(event: FimEvent): object {
  const path = event.path.slice(0, 256);
  const isWindows = event.after.permissions?.includes('(allowed)') === true;
  return {
    path,
    before: {
      ...event.before,
      modifiedAt: null,
      inode: null,
      permissions: isWindows ? null : event.before.permissions,
    },
    after: { ...event.after, inode: null },
  };
}

describe.each(VERSIONS)('the alert files of %s', (version) => {
  const json = readAlerts('json', fixture(`${version}/alerts.json`));
  const text = readAlerts('log', fixture(`${version}/alerts.log`));

  test('hold the same alerts in the same order in both forms', () => {
    expect(text.alerts).toBe(json.alerts);
    expect(text.records.map(({ alert }) => comparable(alert))).toEqual(
      json.records.map(({ alert }) => comparable(alert)),
    );
  });

  test('hold nothing malformed and are read to their end', () => {
    expect([...json.malformed, ...text.malformed]).toEqual([]);
    expect(json.endOffset).toBe(fixture(`${version}/alerts.json`).length);
    expect(text.endOffset).toBe(fixture(`${version}/alerts.log`).length);
  });
});

test('the captured files hold every kind of alert', () => {
  const read = readAlerts('json', fixture('wazuh-4.14.7/alerts.json'));
  const counts = Object.fromEntries(
    (['fim', 'manager-verdict', 'lookup-failure', 'response', 'kes'] as const).map((kind) => [
      kind,
      ofKind(read, kind).length,
    ]),
  );

  expect(read.alerts).toBe(174);
  expect(counts).toEqual({
    fim: 45,
    'manager-verdict': 41,
    'lookup-failure': 6,
    response: 17,
    kes: 8,
  });
});

test('times of both forms name the same second', () => {
  const json = readAlerts('json', fixture('wazuh-4.14.7/alerts.json'));

  for (const { alert } of json.records) {
    expect(Math.floor(alert.timeMs / 1000)).toBe(Number(alert.alertId.split('.')[0]));
  }
});
