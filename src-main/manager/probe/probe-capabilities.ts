import {
  CAPABILITIES,
  type CapabilityFinding,
  type CapabilityReport,
  type ManagerFacts,
} from '../../../src-shared/domain/capability.ts';
import type { ConnectionProfile } from '../../../src-shared/domain/connection-profile.ts';
import { formatWazuhVersion } from '../../../src-shared/domain/wazuh-version.ts';
import { visibleText } from '../../../src-shared/formats/visible-text.ts';
import type { Clock } from '../../app/clock.ts';
import type { WazuhApi } from '../api/wazuh-api.ts';
import type { ManagerHost } from '../host/manager-host.ts';
import { alertFindings } from './alert-findings.ts';
import { apiFindings } from './api-findings.ts';
import { gatherApiFacts } from './api-facts.ts';
import { changeFindings } from './change-findings.ts';
import { dispatchWays } from './dispatch-ways.ts';
import type { Found } from './findings.ts';
import { gatherHostFacts } from './host-facts.ts';
import { clockDifference, machineFindings } from './machine-findings.ts';

export interface ProbeParts {
  /** Null: the profile has neither SSH nor is it this machine. */
  readonly host: ManagerHost | null;
  readonly api: WazuhApi | null;
  readonly profile: ConnectionProfile;
  readonly clock: Clock;
  readonly signal?: AbortSignal;
  /** For `sudo-password`: what sudo is asked with, on its input. Absent or null: it is not kept. */
  readonly sudoPassword?: () => Promise<string | null>;
}

/**
 * Looks at what an account may do on one manager, side by side over SSH and API, and puts it into words with what would
 * grant the rest. Takes a few seconds at most and changes nothing: no file is written, no check of the daemons is run
 * (`analysisd -t` rewrites ar.conf, wazuh.md 6.1), no command of the manager but those that list. Never rejects: what
 * could not be asked is `unknown` with its reason.
 */
export async function probeCapabilities(parts: ProbeParts): Promise<CapabilityReport> {
  const { host, api, profile, clock, signal, sudoPassword } = parts;
  const startedMs = clock.now();
  const byApi = api ? gatherApiFacts(api, clock, signal) : Promise.resolve(null);
  const byHost = host
    ? gatherHostFacts({
        host,
        profile,
        clock,
        signal,
        sudoPassword: sudoPassword ?? (() => Promise.resolve(null)),
        knownVersion: byApi.then((facts) => facts?.version ?? null),
      })
    : Promise.resolve(null);
  const [hostFacts, apiFacts] = await Promise.all([byHost, byApi]);
  const version = hostFacts?.version.value ?? apiFacts?.version ?? null;
  const found: Found = { profile, host: hostFacts, api: apiFacts, version, nowMs: startedMs };
  return {
    probedAt: new Date(startedMs).toISOString(),
    tookMs: clock.now() - startedMs,
    manager: managerFacts(found),
    clockDifferenceMs: clockDifference(found),
    findings: inOrder([
      ...machineFindings(found),
      ...alertFindings(found),
      ...changeFindings(found),
      ...apiFindings(found),
    ]),
    dispatch: dispatchWays(found),
  };
}

function inOrder(findings: readonly CapabilityFinding[]): readonly CapabilityFinding[] {
  return findings
    .map((finding) => ({ ...finding, found: visibleText(finding.found) }))
    .toSorted((a, b) => CAPABILITIES.indexOf(a.capability) - CAPABILITIES.indexOf(b.capability));
}

/** Names come from the manager and are shown: what would not be seen in them is made visible. */
function managerFacts({ host, api, version }: Found): ManagerFacts {
  const account = host?.account.value ?? null;
  const prefix = host?.prefix.value ?? api?.prefix ?? null;
  const hostName = host?.hostName ?? api?.info.value?.hostName ?? null;
  const clusterNode = host?.settings.value?.clusterNode ?? null;
  return {
    hostName: hostName === null ? null : visibleText(hostName),
    version: version === null ? null : formatWazuhVersion(version),
    prefix: prefix === null ? null : visibleText(prefix),
    account: account && {
      user: visibleText(account.user),
      groups: account.groups.map((name) => visibleText(name)),
      isRoot: account.isRoot,
    },
    daemons: host?.daemons.value ?? api?.daemons.value ?? [],
    clusterNode: clusterNode === null ? null : visibleText(clusterNode),
  };
}
