import type {
  Capability,
  CapabilityFinding,
  CapabilityReport,
  FindingState,
} from '../../../src-shared/domain/capability.ts';
import type { MarkName } from '../../ui/mark.tsx';

/** What each capability lets a person do. */
export const CAPABILITY_NAMES: Readonly<Record<Capability, string>> = {
  shell: 'Run commands',
  sftp: 'Read files over SFTP',
  installation: 'Wazuh is found',
  version: 'Version is known',
  daemons: 'Daemons run',
  'read-alerts': 'Read alerts',
  'read-archives': 'Read the days before',
  'alerts-json-on': 'alerts.json is written',
  'alerts-log-on': 'alerts.log is written',
  'read-configuration': 'Read the configuration',
  'edit-configuration': 'Edit the configuration',
  'edit-rules': 'Edit rules',
  'validate-configuration': 'Check a configuration before it is used',
  restart: 'Restart the manager',
  'list-agents': 'List the agents',
  'dispatch-responses': 'Start active responses',
  'publish-outcomes': 'Hand outcomes to the manager',
  elevation: 'Reach root',
  'api-reachable': 'Reach the API',
  'api-login': 'Sign in to the API',
  'api-permissions': 'Permissions of the API user',
  clock: 'Clocks agree',
};

const GROUPS: readonly (readonly [title: string, capabilities: readonly Capability[]])[] = [
  ['Access', ['shell', 'sftp', 'elevation', 'installation', 'version', 'daemons', 'clock']],
  ['Reading', ['read-alerts', 'read-archives', 'alerts-json-on', 'alerts-log-on']],
  [
    'Configuration',
    ['read-configuration', 'edit-configuration', 'edit-rules', 'validate-configuration', 'restart'],
  ],
  ['Agents and responses', ['list-agents', 'dispatch-responses', 'publish-outcomes']],
  ['API', ['api-reachable', 'api-login', 'api-permissions']],
];

export interface CapabilityGroup {
  readonly title: string;
  readonly findings: readonly CapabilityFinding[];
}

/** The findings under their heads, in reading order; heads without any fall out. */
export function capabilityGroups({ findings }: CapabilityReport): readonly CapabilityGroup[] {
  return GROUPS.map(([title, capabilities]) => ({
    title,
    findings: capabilities.flatMap((wanted) => findings.filter(({ capability }) => capability === wanted)),
  })).filter((group) => group.findings.length > 0);
}

/** Tick: holds. Triangle: holds, but read this. Square: missing. Diamond: cannot be told. Ring: was not asked. */
export const FINDING_MARKS: Readonly<Record<FindingState, MarkName>> = {
  holds: 'clean',
  partly: 'suspicious',
  missing: 'failed',
  unknown: 'no-records',
  'not-asked': 'waits',
};

export const FINDING_WORDS: Readonly<Record<FindingState, string>> = {
  holds: 'holds',
  partly: 'partly',
  missing: 'missing',
  unknown: 'unknown',
  'not-asked': 'not asked',
};

/** `14 of 18 hold, 2 are missing.` What was not asked counts nowhere. */
export function capabilitySummary({ findings }: CapabilityReport): string {
  const asked = findings.filter(({ state }) => state !== 'not-asked');
  const holding = asked.filter(({ state }) => state === 'holds').length;
  const missing = asked.filter(({ state }) => state === 'missing').length;
  const rest = missing === 0 ? '' : `, ${missing} ${missing === 1 ? 'is' : 'are'} missing`;
  return `${holding} of ${asked.length} hold${rest}`;
}

/** Half a second is what a network and a busy machine make of two clocks that agree. */
const AGREEING_MS = 500;

/** `1.2 s ahead of this computer`. */
export function clockWords(differenceMs: number | null): string {
  if (differenceMs === null) return 'not asked';
  if (Math.abs(differenceMs) < AGREEING_MS) return 'agrees with this computer’s';
  const seconds = Math.abs(differenceMs) / 1000;
  const span = seconds < 120 ? `${seconds.toFixed(1)} s` : `${Math.round(seconds / 60)} min`;
  return `${span} ${differenceMs > 0 ? 'ahead of' : 'behind'} this computer’s`;
}
