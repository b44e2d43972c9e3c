import { SAFE_DEFAULT_LIMITS, type QuotaLimits } from '../domain/quota.ts';
import { jsonFields, wholeNumber, type JsonFields } from './json-fields.ts';

/**
 * The answer to `GET /users/{id}/overall_quotas` of VirusTotal's API v3: per quota a `user` pair and, for members of a
 * group that pays, a `group` pair of allowed and used (virustotal.md section 3; the group part is unverified).
 */
export interface KeyQuotas {
  readonly limits: QuotaLimits;
  /** Null where the answer does not tell. */
  readonly usedToday: number | null;
  readonly usedThisMonth: number | null;
  /** True for the public allowance. */
  readonly isPublic: boolean;
}

/** The number by which Wazuh, too, recognises a public key. */
const PUBLIC_HOURLY_ALLOWANCE = 240;

/** Null when the answer names none of the request quotas. */
export function readKeyQuotas(body: unknown): KeyQuotas | null {
  const data = jsonFields(jsonFields(body)?.['data']);
  const hourly = readPair(data, 'api_requests_hourly');
  const daily = readPair(data, 'api_requests_daily');
  const monthly = readPair(data, 'api_requests_monthly');
  if (!hourly && !daily && !monthly) return null;
  return {
    limits: {
      // The minute is enforced by VirusTotal as a sixtieth of the hour: 240 is the published 4 a minute.
      perMinute: hourly ? Math.max(1, Math.floor(hourly.allowed / 60)) : SAFE_DEFAULT_LIMITS.perMinute,
      perDay: daily?.allowed ?? null,
      perMonth: monthly?.allowed ?? null,
    },
    usedToday: daily?.used ?? null,
    usedThisMonth: monthly?.used ?? null,
    isPublic: hourly?.allowed === PUBLIC_HOURLY_ALLOWANCE,
  };
}

interface Pair {
  readonly allowed: number;
  readonly used: number | null;
}

/** The group's pair counts where there is one: its members share it. An allowance of 0 means "not by this quota". */
function readPair(data: JsonFields | null, name: string): Pair | null {
  const quota = jsonFields(data?.[name]);
  for (const holder of ['group', 'user']) {
    const pair = jsonFields(quota?.[holder]);
    const allowed = wholeNumber(pair?.['allowed']);
    if (allowed) return { allowed, used: wholeNumber(pair?.['used']) };
  }
  return null;
}
