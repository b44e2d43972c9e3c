import type { HashAlgorithm } from '../../../src-shared/domain/file-hash.ts';
import type { LabAgent } from '../world/agents.ts';
import type { AlertDraft, JsonObject } from './alert-draft.ts';
import { VALUE_RULES } from './lab-rules.ts';

/** A registry value as FIM reports it. */
export interface RegistryValue {
  readonly key: string;
  readonly name: string;
  readonly type: 'REG_SZ' | 'REG_DWORD' | 'REG_EXPAND_SZ';
  readonly sizeBytes: number;
  readonly digests: Readonly<Record<HashAlgorithm, string>>;
}

const ARCH = '[x64]';
const DIGESTS = ['md5', 'sha1', 'sha256'] as const;

/** A FIM alert of a registry value (rules 750-752, 4.1 and later); scheduled scans only. */
export function registryAlert(
  agent: LabAgent,
  change: 'added' | 'modified' | 'deleted',
  value: RegistryValue,
  before?: RegistryValue,
): AlertDraft {
  const changed = before ? changedOf(before, value) : [];
  const head = [`Registry Value '${ARCH} ${value.key}\\${value.name}' ${change}`, 'Mode: scheduled'];
  if (changed.length > 0) head.push(`Changed attributes: ${changed.join(',')}`);
  if (before) head.push(...changed.flatMap((name) => changeLines(name, before, value)));
  return {
    rule: VALUE_RULES[change],
    agent,
    location: 'syscheck',
    log: `${head.join('\n')}\n`,
    isLogInJson: true,
    decoder: { name: `syscheck_registry_value_${change}` },
    syscheck: {
      path: value.key,
      mode: 'scheduled',
      arch: ARCH,
      value_name: value.name,
      value_type: value.type,
      ...fields(value, before ?? null),
      ...(changed.length > 0 ? { changed_attributes: changed } : {}),
      event: change,
    },
    fimText: [
      'Attributes:',
      ` - Size: ${value.sizeBytes}`,
      ...DIGESTS.map((name) => ` - ${name.toUpperCase()}: ${value.digests[name]}`),
    ].join('\n'),
  };
}

function changedOf(before: RegistryValue, after: RegistryValue): ('size' | HashAlgorithm)[] {
  const digests = DIGESTS.filter((name) => before.digests[name] !== after.digests[name]);
  return before.sizeBytes === after.sizeBytes ? digests : ['size', ...digests];
}

function changeLines(name: 'size' | HashAlgorithm, before: RegistryValue, after: RegistryValue): string[] {
  if (name === 'size') return [`Size changed from '${before.sizeBytes}' to '${after.sizeBytes}'`];
  return [`Old ${name}sum was: '${before.digests[name]}'`, `New ${name}sum is : '${after.digests[name]}'`];
}

function fields(value: RegistryValue, before: RegistryValue | null): JsonObject {
  const pairs = [
    ['size', String(value.sizeBytes), before && String(before.sizeBytes)],
    ...DIGESTS.map((name) => [name, value.digests[name], before && before.digests[name]] as const),
  ] as const;
  return Object.fromEntries(
    pairs.flatMap(([name, after, old]) => [
      ...(old !== null && old !== after ? [[`${name}_before`, old] as const] : []),
      [`${name}_after`, after] as const,
    ]),
  );
}
