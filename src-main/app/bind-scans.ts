import { availabilityOf, KIND_FACTS } from '../../src-shared/domain/scan-kinds.ts';
import { AGENT_SECRET_KINDS, DEFAULT_PREFIX } from '../../src-shared/domain/connection-profile.ts';
import { parseKesVersion } from '../../src-shared/domain/kes-version.ts';
import { SCAN_KINDS } from '../../src-shared/domain/scan.ts';
import { SCRIPT_NAME } from '../../src-shared/domain/scan-dispatch.ts';
import { agentScriptRules } from '../../src-shared/formats/agent-script-rules.ts';
import { AGENT_SCRIPT, byHandLines } from '../kes/agent-script/agent-script.ts';
import type { AgentSecretValues } from '../kes/desk/agent-care.ts';
import type { AgentKey } from '../kes/desk/preflights.ts';
import type { AgentKesStore } from '../kes/scan-store.ts';
import { bindScansReading } from './bind-scans-reading.ts';
import { os, type CoreParts } from './core-parts.ts';

/** Scans: planned, looked at before, launched, followed, taken back. */
export function bindScans(parts: CoreParts) {
  const { desk, care } = parts.scans;
  const { agentKes } = parts.engine.store;
  const of = os.scans;
  return {
    ...bindScansReading({ reader: parts.reader, clock: parts.engine.clock }),
    kinds: of.kinds.handler(() => KIND_FACTS),
    availability: of.availability.handler(({ input }) => availabilityOn(input.agents, agentKes)),
    plan: of.plan.handler(({ input }) => desk.plan(input)),
    preflight: of.preflight.handler(async ({ input: { agents, ...purpose }, signal }) => {
      const found = await desk.preflights.look(agents, purpose, signal ?? new AbortController().signal);
      parts.hub.dataChanged();
      return found;
    }),
    launch: of.launch.handler(({ input: { acceptsHarm, ...request } }) => desk.launch(request, acceptsHarm)),
    cancel: of.cancel.handler(({ input }) => desk.cancel(input.scanId)),
    cancelOrder: of.cancelOrder.handler(({ input }) => ({ cancelled: desk.cancelOrder(input.orderId) })),
    goOn: of.goOn.handler(({ input }) => desk.goOn(input.orderId)),
    suspend: of.suspend.handler(({ input }) => desk.suspend(input.scanId)),
    resume: of.resume.handler(({ input }) => desk.resume(input.scanId)),
    agentKes: of.agentKes.handler(({ input }) => care.kesOf(input)),
    setAgentAccess: of.setAgentAccess.handler(({ input: { profile, agentId, access, secrets } }) =>
      care.setAccess(profile, agentId, access, secretValues(secrets)),
    ),
    scriptByHand: of.scriptByHand.handler(() => scriptByHand()),
    installScript: of.installScript.handler(({ input }) => care.installScript(input)),
    removeScript: of.removeScript.handler(({ input }) => care.removeScript(input)),
  };
}

/** How many of the agents offer each kind, and what most of the others say. */
function availabilityOn(agents: readonly AgentKey[], kes: AgentKesStore) {
  const known = agents.map(({ profile, agentId }) => {
    const { kesVersion, taskNames } = kes.memory(profile, agentId);
    return { version: parseKesVersion(kesVersion ?? ''), taskNames };
  });
  return SCAN_KINDS.map((kind) => {
    const each = known.map((one) => availabilityOf(kind, one));
    const offering = each.filter(({ state }) => state !== 'absent');
    const shown = offering.find(({ state }) => state !== 'available') ?? offering[0] ?? each[0];
    return {
      ...(shown ?? availabilityOf(kind, { version: null, taskNames: null })),
      agents: offering.length,
      of: agents.length,
    };
  });
}

const SECRET_FIELDS = {
  password: 'password',
  passphrase: 'passphrase',
  'sudo-password': 'sudoPassword',
} as const;

function secretValues(secrets: {
  readonly password?: string | undefined;
  readonly passphrase?: string | undefined;
  readonly sudoPassword?: string | undefined;
}): AgentSecretValues {
  return new Map(
    AGENT_SECRET_KINDS.flatMap((kind) => {
      const value = secrets[SECRET_FIELDS[kind]];
      return value === undefined ? [] : [[kind, value] as const];
    }),
  );
}

function scriptByHand() {
  return {
    words: `Save the script as ${SCRIPT_NAME} on the agent, then run these lines there as root. Agents before 4.3 have the group ossec instead of wazuh.`,
    place: null,
    lines: byHandLines(DEFAULT_PREFIX, 'wazuh'),
    script: AGENT_SCRIPT,
    rules: agentScriptRules(),
  };
}
