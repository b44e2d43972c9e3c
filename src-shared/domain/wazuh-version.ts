/**
 * Versions of Wazuh and what changed between them. Every number here is from the source of Wazuh itself, 3.0 to 5.1
 * (reference wazuh.md 1.1); code branches on a trait and never on "3, 4 or 5".
 */
export interface WazuhVersion {
  readonly major: number;
  readonly minor: number;
  readonly patch: number;
  /** `rc1`; null for a release. */
  readonly preRelease: string | null;
}

const VERSION = /(?:^|[^\w.])v?(\d{1,3})\.(\d{1,4})\.(\d{1,4})(?!\.?\d)(?:[-~]([A-Za-z][A-Za-z0-9.]{0,31}))?/;

/**
 * Finds the version in `v4.14.7`, `Wazuh v4.14.7`, `4.2.0-rc1`, `WAZUH_VERSION="v4.14.7"` or what a package manager
 * prints (`4.14.7-1`: the package's own number is dropped). Null when there is none.
 */
export function parseWazuhVersion(text: string): WazuhVersion | null {
  const [, major, minor, patch, preRelease] = VERSION.exec(text.slice(0, 4096)) ?? [];
  if (major === undefined || minor === undefined || patch === undefined) return null;
  return {
    major: Number(major),
    minor: Number(minor),
    patch: Number(patch),
    preRelease: preRelease?.toLowerCase() ?? null,
  };
}

/** `4.14.7`, `5.1.0-alpha0`: without `v`, as reports and stores carry it. */
export function formatWazuhVersion({ major, minor, patch, preRelease }: WazuhVersion): string {
  return `${major}.${minor}.${patch}${preRelease === null ? '' : `-${preRelease}`}`;
}

/** Negative when `a` is older. A pre-release is older than its release. */
export function compareWazuhVersions(a: WazuhVersion, b: WazuhVersion): number {
  const byNumber = compareNumbers(a, b);
  if (byNumber !== 0 || a.preRelease === b.preRelease) return byNumber;
  if (a.preRelease === null) return 1;
  if (b.preRelease === null) return -1;
  return a.preRelease.localeCompare(b.preRelease, 'en', { numeric: true });
}

function compareNumbers(a: WazuhVersion, b: WazuhVersion): number {
  return a.major - b.major || a.minor - b.minor || a.patch - b.patch;
}

/** Where a trait begins and, if it ended, the first version without it. Both of `major.minor.patch`. */
interface TraitSpan {
  readonly since: string;
  readonly until?: string;
}

/** What a version has or does. Named as claims, so that a call reads as a sentence: `hasTrait(version, 'hasTokenApi')`. */
export const WAZUH_TRAITS = {
  /** `<integration>` must say `<alert_format>json` or VirusTotal's script gets text it cannot read. */
  needsJsonAlertFormat: { since: '3.1.0', until: '5.0.0' },
  /** `kaspersky.sh`, `kaspersky.py`, rule 17000 and its decoder are installed. */
  hasKasperskyFiles: { since: '3.5.0', until: '5.0.0' },
  /** `ossec-control enable integrator` does nothing any more: the integrator always runs. */
  startsIntegratorAlways: { since: '3.9.0', until: '5.0.0' },
  /** A token instead of basic authentication on each call; TLS by default; permissions by role. */
  hasTokenApi: { since: '4.0.0' },
  /** `PUT /logtest`. */
  hasLogtestEndpoint: { since: '4.1.0', until: '5.0.0' },
  /** `PUT /manager/configuration` and `PUT /rules/files/{name}`; before: `/manager/files`. */
  hasConfigurationEndpoint: { since: '4.1.1', until: '5.0.0' },
  /** `bin/wazuh-control` and daemons named `wazuh-*`; before: `ossec-control`, `ossec-*`. */
  hasWazuhControl: { since: '4.2.0', until: '5.0.0' },
  /** Sockets lie in `queue/sockets`; before: `queue/ossec`. */
  hasSocketsFolder: { since: '4.2.0' },
  /** An active response reaches the agent's program as JSON on standard input. */
  sendsResponsesAsJson: { since: '4.2.0' },
  /** `active-response/bin/kaspersky`; before: `kaspersky.sh`. */
  hasCompiledKaspersky: { since: '4.2.0', until: '5.0.0' },
  /** Account and group are `wazuh`; before: `ossec`. */
  hasWazuhGroup: { since: '4.3.0' },
  /** `|` and `:` in the location of a queue message are written `||` and `|:`. */
  escapesQueueLocation: { since: '4.4.0' },
  /** `POST /security/user/authenticate`; `GET` before, and until 5.0 as well. */
  hasPostAuthentication: { since: '4.4.0' },
  /** `POST /events`. */
  hasEventsEndpoint: { since: '4.6.0', until: '5.0.0' },
  /** The body of `PUT /active-response` may have `custom`; later versions turn the whole call down for it. */
  hasCustomFieldInResponses: { since: '4.0.0', until: '4.8.0' },
  /** Outcome 408 and rule 87106. */
  hasTimeoutOutcome: { since: '4.8.0', until: '5.0.0' },
  /** `PUT /manager/analysisd/reload`: new rules without a restart. */
  canReloadRuleset: { since: '4.13.0', until: '5.0.0' },
  /** `PUT /manager/restart` answers 202; before: 200. */
  answersRestartAccepted: { since: '4.14.0', until: '5.0.0' },
  /** No integrator, no VirusTotal, no alert files, no ar.conf, no rules on disk; most of the API is gone. */
  isWithoutIntegrator: { since: '5.0.0' },
} as const satisfies Record<string, TraitSpan>;
export type WazuhTrait = keyof typeof WAZUH_TRAITS;

/** Whether a version has the trait. Pre-releases count as their release: what changed is in them already. */
export function hasTrait(version: WazuhVersion, trait: WazuhTrait): boolean {
  const { since, until }: TraitSpan = WAZUH_TRAITS[trait];
  return (
    compareNumbers(version, numbersOf(since)) >= 0 &&
    (until === undefined || compareNumbers(version, numbersOf(until)) < 0)
  );
}

function numbersOf(text: string): WazuhVersion {
  const [major = 0, minor = 0, patch = 0] = text.split('.').map(Number);
  return { major, minor, patch, preRelease: null };
}
