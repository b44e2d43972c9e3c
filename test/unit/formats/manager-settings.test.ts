import { describe, expect, test } from 'vitest';
import { managerConfiguration } from '../../../src-main/lab/manager/configuration.ts';
import { scanManagerSettings } from '../../../src-shared/formats/manager-settings.ts';

const conf = (...globals: readonly string[]) =>
  globals.map((inner) => `<ossec_config>\n<global>${inner}</global>\n</ossec_config>\n`).join('\n');

const cluster = (disabled: string) =>
  `<ossec_config><cluster><node_name>node02</node_name><disabled>${disabled}</disabled></cluster></ossec_config>`;

describe('what is switched on in ossec.conf', () => {
  test('both alert files are, where nothing says otherwise', () => {
    expect(scanManagerSettings('')).toEqual({ isJsonOn: true, isLogOn: true, clusterNode: null });
    expect(scanManagerSettings(managerConfiguration('k'))).toMatchObject({
      isJsonOn: true,
      clusterNode: null,
    });
  });

  test('the last of several roots counts', () => {
    const on = '<jsonout_output>yes</jsonout_output>';
    const off = '<jsonout_output>no</jsonout_output>';
    expect(scanManagerSettings(conf(on, off)).isJsonOn).toBe(false);
    expect(scanManagerSettings(conf(off, on)).isJsonOn).toBe(true);
  });

  test('comments of both forms are no settings', () => {
    const text = conf('<!-- <alerts_log>no</alerts_log> --><! <jsonout_output>no</jsonout_output> !>');
    expect(scanManagerSettings(text)).toMatchObject({ isJsonOn: true, isLogOn: true });
  });

  test('values are not trimmed, and only <global> is looked at', () => {
    expect(scanManagerSettings(conf('<alerts_log> yes</alerts_log>')).isLogOn).toBe(false);
    expect(scanManagerSettings('<ossec_config><alerts_log>no</alerts_log></ossec_config>').isLogOn).toBe(
      true,
    );
  });

  test('a cluster node has a name while its cluster is on', () => {
    expect(scanManagerSettings(cluster('no')).clusterNode).toBe('node02');
    expect(scanManagerSettings(cluster('yes')).clusterNode).toBeNull();
  });

  test('megabytes of openings and half comments cost no time', () => {
    const started = performance.now();
    for (const text of ['<global>', '<!', '<global><alerts_log>', '<!--<global>']) {
      expect(scanManagerSettings(text.repeat(200_000)).isLogOn).toBe(true);
    }
    expect(performance.now() - started).toBeLessThan(2000);
  });
});
