import { createKesMachine, type KesMachine } from '../kes/kes-machine.ts';
import type { LabAgent } from '../world/agents.ts';
import type { AgentState } from './agent-state.ts';

/** How a machine differs from a healthy one of KES 12.1 that has never heard of this product. */
interface Trait {
  /** Null: none at all. */
  readonly kes?: string | null;
  readonly change?: (kes: KesMachine, nowMs: number) => void;
  readonly state?: Partial<Pick<AgentState, 'hasPython' | 'takesResponses' | 'logsToSyslog'>>;
  readonly hasOurScript?: boolean;
}

const DAY_MS = 86_400_000;

/** Whatever can be wrong with a fleet, one machine each; the rest is well. */
const TRAITS: Readonly<Record<string, Trait>> = {
  'web-ams-1': { state: { logsToSyslog: true } },
  'web-ams-2': { kes: null },
  // Looks only: whoever set it up had read what full scans did elsewhere.
  'web-ams-3': {
    kes: '12.2.0.2412',
    state: { logsToSyslog: true },
    hasOurScript: true,
    change: (kes) => (kes.action = 'Skip'),
  },
  'db-fra-1': {
    kes: '12.0.0.6672',
    state: { takesResponses: false },
    change: (kes) => (kes.language = 'ru'),
  },
  'db-fra-2': {
    kes: '11.3.0.7441',
    change: (kes, nowMs) => (kes.licenceEndsMs = nowMs - 9 * DAY_MS),
  },
  'mail-ams-1': {
    kes: '11.3.0.7441',
    state: { hasPython: false },
    change: (kes) => (kes.areDatabasesLoaded = false),
  },
  'mail-ams-2': { kes: '11.1.0.3013', change: (kes) => (kes.isLockedByPolicy = true) },
  'build-01': { kes: '10.1.1.6421', state: { logsToSyslog: true } },
  'file-fra-1': { kes: '11.2.0.4528', change: (kes) => (kes.isServiceUp = false) },
  'legacy-erp-1': { kes: '10.1.0.5960', hasOurScript: true },
};

/** Versions of the machines of a large fleet. */
const MANY = ['12.1.0.1508', '11.3.0.7441', '12.4.0.1342', '10.1.1.6421', '12.2.0.2412', '11.4.0.1096'];

export function initialState(agent: LabAgent, nowMs: number): AgentState {
  const trait = traitOf(agent);
  const version = trait.kes === undefined ? '12.1.0.1508' : trait.kes;
  const kes = version === null ? null : createKesMachine({ version, nowMs, keepsUtc: true });
  if (kes) trait.change?.(kes, nowMs);
  return {
    silentSinceMs: null,
    hasPython: true,
    takesResponses: true,
    logsToSyslog: false,
    kes,
    planted: {},
    followed: [],
    ...trait.state,
  };
}

/** Our script lies on it from the beginning. */
export function hasOurScript(agent: LabAgent): boolean {
  return traitOf(agent).hasOurScript ?? false;
}

function traitOf({ name, id }: LabAgent): Trait {
  return TRAITS[name] ?? { kes: MANY[Number(id) % MANY.length] ?? null };
}
