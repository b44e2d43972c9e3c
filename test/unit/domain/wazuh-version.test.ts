import { describe, expect, test } from 'vitest';
import { isOptionalDaemon, wazuhPaths } from '../../../src-shared/domain/wazuh-paths.ts';
import {
  compareWazuhVersions,
  formatWazuhVersion,
  hasTrait,
  parseWazuhVersion,
  type WazuhTrait,
  type WazuhVersion,
} from '../../../src-shared/domain/wazuh-version.ts';

const version = (text: string): WazuhVersion => {
  const parsed = parseWazuhVersion(text);
  if (!parsed) throw new Error(`${text} has no version in it.`);
  return parsed;
};

describe('reading a version', () => {
  test.each([
    ['v4.14.7', '4.14.7'],
    ['Wazuh v4.14.7', '4.14.7'],
    ['4.2.0-rc1', '4.2.0-rc1'],
    ['3.13.6', '3.13.6'],
    ['WAZUH_VERSION="v4.14.7"\nWAZUH_REVISION="rc1"\n', '4.14.7'],
    ['VERSION="v3.13.6"', '3.13.6'],
    ['4.14.7-1', '4.14.7'],
    ['4.14.7~rc1-1', '4.14.7-rc1'],
    ['v5.1.0-alpha0', '5.1.0-alpha0'],
    ['{\n    "version": "4.14.7",\n    "stage": "rc1"\n}', '4.14.7'],
  ])('finds it in %j', (text, found) => {
    expect(formatWazuhVersion(version(text))).toBe(found);
  });

  test.each(['', 'wazuh', '4.14', 'v4', '10.20.1.11.4.14.7', 'x'.repeat(5000) + ' v4.14.7'])(
    'finds none in %j',
    (text) => {
      expect(parseWazuhVersion(text)).toBeNull();
    },
  );

  test('orders numbers as numbers and a pre-release before its release', () => {
    const inOrder = [
      '3.9.5',
      '3.13.6',
      '4.2.0-alpha1',
      '4.2.0-rc2',
      '4.2.0-rc10',
      '4.2.0',
      '4.14.7',
      '5.0.0',
    ];
    const shuffled = inOrder.toReversed().map(version);
    expect(shuffled.toSorted(compareWazuhVersions).map(formatWazuhVersion)).toEqual(inOrder);
  });
});

describe('what a version has', () => {
  test.each<[WazuhTrait, string, string]>([
    ['hasTokenApi', '3.13.6', '4.0.0'],
    ['hasConfigurationEndpoint', '4.1.0', '4.1.1'],
    ['hasWazuhControl', '4.1.5', '4.2.0-rc1'],
    ['hasWazuhGroup', '4.2.7', '4.3.0'],
    ['escapesQueueLocation', '4.3.11', '4.4.0'],
    ['hasEventsEndpoint', '4.5.4', '4.6.0'],
    ['canReloadRuleset', '4.12.0', '4.13.0'],
    ['answersRestartAccepted', '4.13.1', '4.14.0'],
    ['isWithoutIntegrator', '4.14.7', '5.0.0-beta4'],
  ])('%s begins after %s with %s', (trait, before, first) => {
    expect(hasTrait(version(before), trait)).toBe(false);
    expect(hasTrait(version(first), trait)).toBe(true);
  });

  test('things end, too: the field custom with 4.8, events by the API with 5.0', () => {
    expect(hasTrait(version('4.7.5'), 'hasCustomFieldInResponses')).toBe(true);
    expect(hasTrait(version('4.8.0'), 'hasCustomFieldInResponses')).toBe(false);
    expect(hasTrait(version('5.0.0'), 'hasEventsEndpoint')).toBe(false);
  });
});

describe('where things are', () => {
  test.each([
    ['3.13.6', 'bin/ossec-control', 'queue/ossec/queue', 'ossec'],
    ['4.1.5', 'bin/ossec-control', 'queue/ossec/queue', 'ossec'],
    ['4.2.7', 'bin/wazuh-control', 'queue/sockets/queue', 'ossec'],
    ['4.14.7', 'bin/wazuh-control', 'queue/sockets/queue', 'wazuh'],
  ])('%s: %s, %s, group %s', (text, control, socket, group) => {
    const paths = wazuhPaths('/var/ossec/', version(text));
    expect(paths.control).toBe(`/var/ossec/${control}`);
    expect(paths.queueSocket).toBe(`/var/ossec/${socket}`);
    expect(paths.group).toBe(group);
  });

  test('an unknown version counts as a late 4.x', () => {
    expect(wazuhPaths('/var/ossec', null)).toEqual(wazuhPaths('/var/ossec', version('4.14.7')));
  });

  test('5.x has no alert files, no rules and no queue for others', () => {
    const paths = wazuhPaths('/var/wazuh-manager', version('5.0.0'));
    expect(paths).toMatchObject({
      alertsJson: null,
      customRules: null,
      queueSocket: null,
      agentControl: null,
    });
    expect(paths.control).toBe('/var/wazuh-manager/bin/wazuh-manager-control');
  });

  test('mail and cluster may be stopped on a healthy server, the analyser may not', () => {
    expect(['wazuh-maild', 'ossec-dbd', 'wazuh-clusterd'].every(isOptionalDaemon)).toBe(true);
    expect(['wazuh-analysisd', 'ossec-remoted', 'wazuh-manager-analysisd'].some(isOptionalDaemon)).toBe(
      false,
    );
  });
});
