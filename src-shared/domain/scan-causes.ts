/**
 * Why a scan that was sent was never seen to start: the likely causes, those that something known speaks for first, each
 * with a check (wazuh.md 6.2, 6.3, 7.5; kesl.md section 9).
 */
import type { AgentStatus } from './agent.ts';
import { SCRIPT_NAME } from './scan-dispatch.ts';
import type { AgentProgram, ScanRoute } from './scan.ts';
import { hasTrait, parseWazuhVersion } from './wazuh-version.ts';

export interface LikelyCauseOfSilence {
  readonly cause: string;
  readonly check: string;
}

/** What is known at the moment; null where nobody knows. */
export interface SilentScan {
  readonly route: ScanRoute | null;
  readonly program: AgentProgram | null;
  readonly agentStatus: AgentStatus | null;
  /** Of Wazuh on the agent, `4.14.7`. */
  readonly agentVersion: string | null;
  /** The file that was called, as it was sent: `!kaspersky`, `kaspersky.sh`. */
  readonly sentText: string;
  /** This app reads the alerts of the scan's manager. */
  readonly isFollowed: boolean;
  /** Another response was seen to start on that agent and not to end. */
  readonly isBusy: boolean;
}

interface Suspicion extends LikelyCauseOfSilence {
  /** Something known speaks for it. */
  readonly isLikely: boolean;
}

export function causesOfSilence(scan: SilentScan): readonly LikelyCauseOfSilence[] {
  const suspicions = scan.route === 'agent-ssh' ? overSsh(scan) : overManager(scan);
  const sorted = [
    ...suspicions.filter(({ isLikely }) => isLikely),
    ...suspicions.filter(({ isLikely }) => !isLikely),
  ];
  return sorted.map(({ cause, check }) => ({ cause, check }));
}

function overSsh({ agentStatus }: SilentScan): readonly Suspicion[] {
  return [
    {
      isLikely: agentStatus === 'disconnected',
      cause: 'The agent’s machine went away while it was asked.',
      check: 'Open its page and look at it over SSH again.',
    },
  ];
}

function overManager(scan: SilentScan): readonly Suspicion[] {
  const isScript = scan.program === 'script';
  const file = programFile(scan);
  return [
    notFollowed(scan),
    away(scan),
    ...(isScript ? [] : [wrongProgram(scan)]),
    busy(scan),
    disabled,
    missing(file),
    ...(isScript ? [] : [withoutPython]),
    notCollected,
    clockOff,
  ];
}

function notFollowed({ isFollowed }: SilentScan): Suspicion {
  return isFollowed
    ? {
        isLikely: false,
        cause: 'The alert is there and has not been read yet.',
        check:
          'The status bar says how far behind reading is; search the manager’s alerts for rules 657 and 607.',
      }
    : {
        isLikely: true,
        cause: 'This app does not follow the alerts of that manager: a start cannot be seen.',
        check: 'Let the connection follow the alert file in Settings, or read the file by hand.',
      };
}

function away({ agentStatus }: SilentScan): Suspicion {
  const isAway =
    agentStatus === 'disconnected' || agentStatus === 'pending' || agentStatus === 'never-connected';
  return {
    isLikely: isAway,
    cause: isAway
      ? 'The agent is disconnected now; a response to an agent that is away is lost.'
      : 'The agent was disconnected at that moment; a response to an agent that is away is lost.',
    check: 'Compare the agent’s last keep-alive with the time it was sent.',
  };
}

/** `kaspersky` exists from 4.2 on, `kaspersky.sh` before: the other name fails without a word (wazuh.md 7.5). */
function wrongProgram({ agentVersion, sentText }: SilentScan): Suspicion {
  const version = agentVersion === null ? null : parseWazuhVersion(agentVersion);
  const wantsJson = version === null ? null : hasTrait(version, 'sendsResponsesAsJson');
  const isShell = sentText.includes('kaspersky.sh');
  return {
    isLikely: wantsJson !== null && wantsJson === isShell,
    cause:
      'The program does not fit the agent’s version: it is kaspersky from 4.2 on and kaspersky.sh before.',
    check:
      'Refresh the agents and compare the version with the request; ls active-response/bin on the agent.',
  };
}

function busy({ isBusy }: SilentScan): Suspicion {
  return {
    isLikely: isBusy,
    cause: 'The agent’s execd waits for another response: it runs one at a time from 4.2 on.',
    check: 'Look on the agent for a program of active-response/bin that runs for long.',
  };
}

const disabled: Suspicion = {
  isLikely: false,
  cause: 'Active responses are disabled in the agent’s configuration (the API calls this 1750).',
  check: 'Look for <active-response><disabled>yes in the agent’s ossec.conf.',
};

function missing(file: string): Suspicion {
  return {
    isLikely: false,
    cause: `The agent has no active-response/bin/${file}, or may not run it.`,
    check: `ls -l active-response/bin/${file} on the agent: root, the group of Wazuh, 0750.`,
  };
}

const withoutPython: Suspicion = {
  isLikely: false,
  cause: 'Wazuh’s wrapper needs python or python3 on the agent, and says so in its own log only.',
  check: 'Look for “Python binary not found” in logs/active-responses.log on the agent.',
};

const notCollected: Suspicion = {
  isLikely: false,
  cause: 'The agent does not send its logs/active-responses.log to the manager.',
  check: 'Look for a <localfile> of active-responses.log in the agent’s ossec.conf.',
};

const clockOff: Suspicion = {
  isLikely: false,
  cause: 'The manager’s clock and this one differ so far that the alert is taken for another run.',
  check: 'Compare date -u on the manager with this machine; look at the scans that managers launched.',
};

function programFile({ program, agentVersion }: SilentScan): string {
  if (program === 'script') return SCRIPT_NAME;
  const version = agentVersion === null ? null : parseWazuhVersion(agentVersion);
  return version && !hasTrait(version, 'sendsResponsesAsJson') ? 'kaspersky.sh' : 'kaspersky';
}
