/** What is found on an agent before a scan: read only, side by side, worst first. */
import { isAtLeast, parseKesVersion, type KesVersion } from '../../../src-shared/domain/kes-version.ts';
import { availabilityOf, kindFacts } from '../../../src-shared/domain/scan-kinds.ts';
import { looksAtFiles } from '../../../src-shared/domain/scan-state.ts';
import type { ScanAction, ScanKind } from '../../../src-shared/domain/scan.ts';
import { explainExitCode } from '../../../src-shared/domain/kesl-exit-code.ts';
import { findTask, type KeslTask } from '../../../src-shared/formats/kesl-output.ts';
import { visibleText } from '../../../src-shared/formats/visible-text.ts';
import type { PreflightFact } from '../../../src-shared/ipc/scans.ts';
import type { ManagerHost } from '../../manager/host/manager-host.ts';
import type { KeslControl } from './kesl-control.ts';

export interface PreflightQuestion {
  readonly host: ManagerHost;
  readonly kesl: KeslControl;
  readonly kind: ScanKind;
  readonly path: string | null;
  readonly action: ScanAction;
  readonly nowMs: number;
}

/** What was found, and what else is worth remembering of this agent. */
export interface PreflightFindings {
  readonly facts: readonly PreflightFact[];
  readonly kesVersion: string | null;
  readonly taskNames: readonly string[] | null;
}

const DAY_MS = 86_400_000;
const OLD_DATABASES_MS = 3 * DAY_MS;

/** Errors: those of the host. What KES refuses is a fact. */
export async function lookAtAgent(question: PreflightQuestion): Promise<PreflightFindings> {
  const { kesl, kind, path, nowMs } = question;
  if (!(await kesl.isInstalled())) {
    const found = 'KES is not installed: /opt/kaspersky/kesl/bin/kesl-control is missing.';
    return { facts: [{ what: 'installed', state: 'forbids', found }], kesVersion: null, taskNames: null };
  }
  const [{ info, outcome }, { tasks, outcome: listed }, licence, machine] = await Promise.all([
    kesl.info(),
    kesl.tasks(),
    kesl.licence(),
    lookAtMachine(question),
  ]);
  const version = parseKesVersion(info.version ?? '');
  const taskNames = listed.code === 0 ? tasks.map(({ name }) => name) : null;
  const isUp = outcome.code !== 64 && listed.code !== 64;
  const facts: PreflightFact[] = [
    {
      what: 'installed',
      state: 'holds',
      found: version ? `KES ${version.text}` : 'KES, of a version it does not tell',
    },
    isUp
      ? { what: 'service', state: 'holds', found: 'The service answers.' }
      : { what: 'service', state: 'forbids', found: explainExitCode(64).words },
  ];
  if (isUp) {
    if (looksAtFiles(kind) || path !== null) facts.push(await actionFact(question, tasks, version));
    facts.push(
      databasesFact(info, outcome.code, nowMs, kind),
      licenceFact(licence, nowMs),
      taskFact(kind, version, taskNames),
      runningFact(tasks),
      policyFact(info.policy),
    );
  }
  return { facts: [...facts, ...machine].toSorted(bySeverity), kesVersion: version?.text ?? null, taskNames };
}

const SEVERITY: readonly PreflightFact['state'][] = ['forbids', 'warns', 'not-seen', 'holds'];

function bySeverity(a: PreflightFact, b: PreflightFact): number {
  return SEVERITY.indexOf(a.state) - SEVERITY.indexOf(b.state);
}

/** The one that can hurt: a full scan with the default action has deleted system files (kesl.md section 1). */
async function actionFact(
  { kesl, kind, action }: PreflightQuestion,
  tasks: readonly KeslTask[],
  version: KesVersion | null,
): Promise<PreflightFact> {
  if (action === 'skip' && (kind === 'file' || kind === 'folder')) {
    return { what: 'action', state: 'holds', found: 'It looks only: what it detects stays as it is.' };
  }
  const names = { full: ['Scan_My_Computer'], 'critical-areas': ['Critical_Areas_Scan'] };
  const wanted = kind === 'full' || kind === 'critical-areas' ? names[kind] : ['Scan_File'];
  const task = findTask(tasks, wanted);
  if (!task) return unseenAction(kind);
  const settings = await kesl.settings(task.name);
  const [first, second] = [settings.get('FirstAction'), settings.get('SecondAction')];
  if (first === undefined) return unseenAction(kind);
  const isHarmless = [first, second ?? 'Skip'].every((word) => /^(?:skip|block)$/i.test(word));
  if (isHarmless) return { what: 'action', state: 'holds', found: `On a detection: ${visibleText(first)}.` };
  const deeds = [first, second]
    .filter((word) => word !== undefined)
    .map((word) => visibleText(word.slice(0, 40)));
  const old =
    version && !isAtLeast(version, 11, 2) ? ' This version tells detections in its events only.' : '';
  return {
    what: 'action',
    state: 'warns',
    found: `On a detection: ${deeds.join(', else ')}. Full scans that disinfect have damaged hosts.${old}`,
  };
}

function unseenAction(kind: ScanKind): PreflightFact {
  return kindFacts(kind).mayHarm
    ? {
        what: 'action',
        state: 'warns',
        found: 'What it does on a detection was not read; by default it disinfects or deletes.',
      }
    : { what: 'action', state: 'holds', found: 'It looks at no files.' };
}

function databasesFact(
  info: { readonly areDatabasesLoaded: boolean | null; readonly databasesReleased: string | null },
  code: number | null,
  nowMs: number,
  kind: ScanKind,
): PreflightFact {
  const isNeeded = looksAtFiles(kind);
  if (code === 66 || info.areDatabasesLoaded === false) {
    return { what: 'databases', state: isNeeded ? 'forbids' : 'warns', found: explainExitCode(66).words };
  }
  if (info.areDatabasesLoaded === null)
    return { what: 'databases', state: 'not-seen', found: 'It does not say whether databases are loaded.' };
  const releasedMs =
    info.databasesReleased === null ? Number.NaN : Date.parse(`${info.databasesReleased.replace(' ', 'T')}Z`);
  if (Number.isNaN(releasedMs))
    return { what: 'databases', state: 'warns', found: 'Loaded, of an unknown date.' };
  const ageMs = Math.max(0, nowMs - releasedMs);
  return {
    what: 'databases',
    state: ageMs > OLD_DATABASES_MS ? 'warns' : 'holds',
    found: `${ageWords(ageMs)} old`,
  };
}

function ageWords(ms: number): string {
  const hours = Math.round(ms / 3_600_000);
  if (hours < 1) return 'Under an hour';
  return hours < 48 ? `${hours} h` : `${Math.round(hours / 24)} days`;
}

function licenceFact(licence: { readonly expires: string | null } | null, nowMs: number): PreflightFact {
  if (!licence) return { what: 'licence', state: 'forbids', found: 'No licence key is installed.' };
  if (licence.expires === null)
    return { what: 'licence', state: 'not-seen', found: 'It does not say when its licence ends.' };
  const endsMs = Date.parse(licence.expires);
  if (endsMs < nowMs) return { what: 'licence', state: 'forbids', found: `Ended on ${licence.expires}.` };
  const isNear = endsMs - nowMs < 14 * DAY_MS;
  return { what: 'licence', state: isNear ? 'warns' : 'holds', found: `Valid until ${licence.expires}` };
}

function taskFact(
  kind: ScanKind,
  version: KesVersion | null,
  taskNames: readonly string[] | null,
): PreflightFact {
  const { state, words } = availabilityOf(kind, { version, taskNames });
  if (state === 'available') return { what: 'task', state: 'holds', found: 'Its task is there.' };
  const found = words.charAt(0).toUpperCase() + words.slice(1);
  return { what: 'task', state: state === 'absent' ? 'forbids' : 'warns', found: `${found}.` };
}

function runningFact(tasks: readonly KeslTask[]): PreflightFact {
  const running = tasks.filter(
    ({ type, state }) => /^(?:ODS|BootScan|MemoryScan|ContainerScan)$/i.test(type) && state !== 'stopped',
  );
  if (running.length === 0) return { what: 'running-tasks', state: 'holds', found: 'No other scan runs.' };
  const names = running.slice(0, 3).map(({ name }) => visibleText(name));
  return { what: 'running-tasks', state: 'warns', found: `Runs already: ${names.join(', ')}` };
}

function policyFact(policy: string | null): PreflightFact {
  if (policy === null)
    return { what: 'policy', state: 'not-seen', found: 'It does not say whether a policy manages it.' };
  const isApplied = /^applied/i.test(policy);
  return isApplied
    ? {
        what: 'policy',
        state: 'warns',
        found: 'A Security Center policy manages it and may forbid the start (code 68).',
      }
    : { what: 'policy', state: 'holds', found: 'No policy manages it.' };
}

/** Load and free space: a full scan on a busy or full machine is felt. */
async function lookAtMachine({ host }: PreflightQuestion): Promise<PreflightFact[]> {
  const [load, disk] = await Promise.all([
    host.run({ argv: ['cat', '/proc/loadavg', '/proc/cpuinfo'], maxOutputBytes: 262_144 }),
    host.run({ argv: ['df', '-Pk', '/var'] }),
  ]);
  return [loadFact(textOf(load.stdout)), diskFact(textOf(disk.stdout))];
}

function loadFact(text: string): PreflightFact {
  const perMinute = Number(/^\d+\.\d+/.exec(text)?.[0]);
  const processors = text.match(/^processor\s*:/gm)?.length ?? 1;
  if (Number.isNaN(perMinute)) return { what: 'load', state: 'not-seen', found: 'Its load was not told.' };
  const isBusy = perMinute > processors * 1.5;
  return {
    what: 'load',
    state: isBusy ? 'warns' : 'holds',
    found: `Load ${perMinute} on ${processors} processor${processors === 1 ? '' : 's'}`,
  };
}

function diskFact(text: string): PreflightFact {
  const row = text.split('\n')[1]?.split(/\s+/) ?? [];
  const freeKb = Number(row[3]);
  if (!Number.isFinite(freeKb) || row.length < 6)
    return { what: 'disk', state: 'not-seen', found: 'Its free space was not told.' };
  const freeGb = freeKb / 1_048_576;
  return {
    what: 'disk',
    state: freeGb < 1 ? 'warns' : 'holds',
    found: `${freeGb.toFixed(freeGb < 10 ? 1 : 0)} GB free on /var`,
  };
}

function textOf(bytes: Uint8Array): string {
  return new TextDecoder().decode(bytes);
}
