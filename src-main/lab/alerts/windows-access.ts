import type { JsonObject } from './alert-draft.ts';

/** One entry of a Windows access list as the agent decodes it. */
interface AccessEntry {
  readonly name: string;
  readonly allowed?: readonly string[];
  readonly denied?: readonly string[];
}

const FULL = (
  'DELETE READ_CONTROL WRITE_DAC WRITE_OWNER SYNCHRONIZE READ_DATA WRITE_DATA APPEND_DATA READ_EA WRITE_EA ' +
  'EXECUTE READ_ATTRIBUTES WRITE_ATTRIBUTES'
).split(' ');
const READ = 'READ_CONTROL SYNCHRONIZE READ_DATA READ_EA EXECUTE READ_ATTRIBUTES'.split(' ');

/** The access list of an ordinary file: administrators and the system may do all, users may read. */
const USUAL_ACCESS: readonly AccessEntry[] = [
  { name: 'Administrators', allowed: FULL },
  { name: 'SYSTEM', allowed: FULL },
  { name: 'Users', allowed: READ },
];

/** `win_perm_after` of alerts.json. */
export function accessList(): readonly JsonObject[] {
  return USUAL_ACCESS.map((entry) => ({ ...entry }));
}

/** The `Permissions` line of alerts.log. */
export function accessText(): string {
  return USUAL_ACCESS.flatMap(({ name, allowed, denied }) => [
    ...(allowed ? [`${name} (allowed): ${rights(allowed)}`] : []),
    ...(denied ? [`${name} (denied): ${rights(denied)}`] : []),
  ]).join(', ');
}

function rights(names: readonly string[]): string {
  return names.join('|').toLowerCase();
}
