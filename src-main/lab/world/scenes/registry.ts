import { createHash } from 'node:crypto';
import { registryAlert, type RegistryValue } from '../../alerts/registry-alert.ts';
import { AGENTS } from '../agents.ts';
import { beat, type Scene } from '../scene.ts';

const KEYS = [
  String.raw`HKEY_LOCAL_MACHINE\Software\Microsoft\Windows\CurrentVersion\Run`,
  String.raw`HKEY_LOCAL_MACHINE\System\CurrentControlSet\Services\W32Time`,
  String.raw`HKEY_LOCAL_MACHINE\Software\Policies\Microsoft\Windows\WindowsUpdate`,
];
const NAMES = ['SecurityHealth', 'NtpServer', 'TargetGroup', 'OneDriveSetup'];

/** A scheduled scan finds a registry value added, changed or gone. */
export const registry: Scene = ({ random }) => {
  const agent = random.pick(AGENTS.filter(({ isWindows }) => isWindows));
  const key = random.pick(KEYS);
  const name = random.pick(NAMES);
  const version = random.integer(1, 400);
  const value = valueOf(key, name, version);
  const change = random.weighted([
    [2, 'added'],
    [6, 'modified'],
    [1, 'deleted'],
  ] as const);
  const before = change === 'modified' ? valueOf(key, name, version + 400) : undefined;
  return [beat(0, registryAlert(agent, change, value, before))];
};

function valueOf(key: string, name: string, version: number): RegistryValue {
  const text = `${key}\\${name} ${version}`;
  const digest = (algorithm: string) => createHash(algorithm).update(text).digest('hex');
  return {
    key,
    name,
    type: 'REG_SZ',
    sizeBytes: 12 + (version % 40),
    digests: { md5: digest('md5'), sha1: digest('sha1'), sha256: digest('sha256') },
  };
}
