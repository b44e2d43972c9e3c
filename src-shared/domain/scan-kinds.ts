/**
 * The kinds of scans, what each is called in the manager's configuration, in Wazuh's wrapper and in kesl-control, and
 * which versions offer it (kesl.md sections 6, 7, 9; wazuh.md 6.3, 6.4).
 */
import { taskTableOf, type KesVersion } from './kes-version.ts';
import { SCAN_KINDS, type ScanKind } from './scan.ts';

/** How one agent offers a kind. */
export interface KindAvailability {
  readonly kind: ScanKind;
  readonly state: 'available' | 'replaced' | 'absent' | 'unknown';
  /** "not on 11.3", "a task of its own with boot sectors only", … */
  readonly words: string;
  /** Read from the agent, or derived from its versions. */
  readonly basis: 'task-list' | 'version' | 'none';
}

/** The second seed's table: what a kind is called in each place. */
export interface KindFacts {
  readonly kind: ScanKind;
  readonly ruleGroup: string | null;
  readonly wrapperOption: string | null;
  readonly keslCall: string;
  /** Disinfects or deletes unless told otherwise. */
  readonly mayHarm: boolean;
}

/** How a kind is carried out on an agent. Tasks are named, never numbered: 4 and 5 changed their meaning. */
export type KeslDeed =
  | { readonly how: 'start-task' | 'stop-task'; readonly names: readonly string[] }
  | { readonly how: 'scan-path' }
  /** A task of our own with one kind of object only, where the old task is gone. */
  | { readonly how: 'own-task'; readonly scans: 'ScanComputerMemory' | 'ScanBootSectors' };

interface KindRow extends Omit<KindFacts, 'kind'> {
  readonly deed: KeslDeed;
}

const ROWS: Readonly<Record<ScanKind, KindRow>> = {
  full: {
    ruleGroup: 'kaspersky_full_scan',
    wrapperOption: '--full_scan',
    keslCall: '--start-task Scan_My_Computer (2)',
    mayHarm: true,
    deed: { how: 'start-task', names: ['Scan_My_Computer'] },
  },
  'critical-areas': {
    ruleGroup: null,
    wrapperOption: null,
    keslCall: '--start-task Critical_Areas_Scan (4 from 11.2 on)',
    mayHarm: true,
    deed: { how: 'start-task', names: ['Critical_Areas_Scan'] },
  },
  file: {
    ruleGroup: null,
    wrapperOption: '--custom_scan_file=PATH',
    keslCall: '--scan-file PATH',
    mayHarm: true,
    deed: { how: 'scan-path' },
  },
  folder: {
    ruleGroup: null,
    wrapperOption: '--custom_scan_folder=PATH',
    keslCall: '--scan-file PATH',
    mayHarm: true,
    deed: { how: 'scan-path' },
  },
  memory: {
    ruleGroup: 'kaspersky_memory_scan',
    wrapperOption: '--memory_scan',
    keslCall: '--start-task Memory_Scan (5, up to 11.0)',
    mayHarm: true,
    deed: { how: 'start-task', names: ['Memory_Scan'] },
  },
  boot: {
    ruleGroup: 'kaspersky_boot_scan',
    wrapperOption: '--boot_scan',
    keslCall: '--start-task Boot_Scan (4, up to 11.0)',
    mayHarm: true,
    deed: { how: 'start-task', names: ['Boot_Scan'] },
  },
  'realtime-on': {
    ruleGroup: 'kaspersky_realtime',
    wrapperOption: '--enable_realtime',
    keslCall: '--start-task File_Threat_Protection (1)',
    mayHarm: false,
    deed: { how: 'start-task', names: ['File_Threat_Protection', 'File_Monitoring'] },
  },
  'realtime-off': {
    ruleGroup: null,
    wrapperOption: '--disable_realtime',
    keslCall: '--stop-task File_Threat_Protection (1)',
    mayHarm: false,
    deed: { how: 'stop-task', names: ['File_Threat_Protection', 'File_Monitoring'] },
  },
  update: {
    ruleGroup: null,
    wrapperOption: null,
    keslCall: '--start-task Update (6)',
    mayHarm: false,
    deed: { how: 'start-task', names: ['Update'] },
  },
};

/** The second seed's table, for the eye. */
export const KIND_FACTS: readonly KindFacts[] = SCAN_KINDS.map((kind) => {
  const { ruleGroup, wrapperOption, keslCall, mayHarm } = ROWS[kind];
  return { kind, ruleGroup, wrapperOption, keslCall, mayHarm };
});

export function kindFacts(kind: ScanKind): KindFacts {
  const { ruleGroup, wrapperOption, keslCall, mayHarm } = ROWS[kind];
  return { kind, ruleGroup, wrapperOption, keslCall, mayHarm };
}

/** What is known of KES on an agent. `taskNames` were read from it; null: nobody looked. */
export interface KesKnowledge {
  readonly version: KesVersion | null;
  readonly taskNames: readonly string[] | null;
}

/** How `kind` is carried out with what is known; null where it cannot be. */
export function deedFor(kind: ScanKind, known: KesKnowledge): KeslDeed | null {
  const { state } = availabilityOf(kind, known);
  if (state === 'absent') return null;
  if (state !== 'replaced') return ROWS[kind].deed;
  return { how: 'own-task', scans: kind === 'memory' ? 'ScanComputerMemory' : 'ScanBootSectors' };
}

/** Read from the task list where there is one, else derived from the version; without either nobody knows. */
export function availabilityOf(kind: ScanKind, known: KesKnowledge): KindAvailability {
  const { deed } = ROWS[kind];
  if (deed.how === 'scan-path') return { kind, state: 'available', words: '', basis: 'version' };
  if (known.taskNames && deed.how !== 'own-task') {
    const names = new Set(known.taskNames.map((name) => name.toLowerCase()));
    const isThere = deed.names.some((name) => names.has(name.toLowerCase()));
    return isThere ? { kind, state: 'available', words: '', basis: 'task-list' } : missing(kind, known);
  }
  if (!known.version) {
    const isOld = kind === 'memory' || kind === 'boot' || kind === 'critical-areas';
    return isOld
      ? { kind, state: 'unknown', words: 'depends on the KES version', basis: 'none' }
      : { kind, state: 'available', words: '', basis: 'none' };
  }
  return byVersion(kind, known.version);
}

function byVersion(kind: ScanKind, version: KesVersion): KindAvailability {
  const table = taskTableOf(version);
  const isOldTask = kind === 'memory' || kind === 'boot';
  if (!isOldTask && kind !== 'critical-areas')
    return { kind, state: 'available', words: '', basis: 'version' };
  if (table === 'unverified')
    return { kind, state: 'unknown', words: `not verified for ${shortOf(version)}`, basis: 'version' };
  if (isOldTask === (table === 'boot-and-memory'))
    return { kind, state: 'available', words: '', basis: 'version' };
  return isOldTask ? replaced(kind, version, 'version') : absent(kind, version, 'version');
}

function missing(kind: ScanKind, { version }: KesKnowledge): KindAvailability {
  const isOldTask = kind === 'memory' || kind === 'boot';
  return isOldTask ? replaced(kind, version, 'task-list') : absent(kind, version, 'task-list');
}

/** From 11.2 on a task of type ODS with ScanFiles=No and only memory or boot sectors does what the old task did. */
function replaced(
  kind: ScanKind,
  version: KesVersion | null,
  basis: KindAvailability['basis'],
): KindAvailability {
  const what = kind === 'memory' ? 'memory' : 'boot sectors';
  const where = version ? ` on ${shortOf(version)}` : ' there';
  return {
    kind,
    state: 'replaced',
    words: `no such task${where}: a task of its own with ${what} only`,
    basis,
  };
}

function absent(
  kind: ScanKind,
  version: KesVersion | null,
  basis: KindAvailability['basis'],
): KindAvailability {
  return { kind, state: 'absent', words: version ? `not on ${shortOf(version)}` : 'not there', basis };
}

function shortOf({ parts }: KesVersion): string {
  return `${parts[0]}.${parts[1]}`;
}
