import type { Standing } from '../virustotal/analysis.ts';
import { permalinkV2 } from '../virustotal/report-v2.ts';
import type { PlacedFile } from '../world/population.ts';
import { MANAGER } from '../world/agents.ts';
import type { AlertDraft, JsonObject } from './alert-draft.ts';
import { plainTime } from './dates.ts';
import { VIRUSTOTAL_RULES, type LabRule } from './lab-rules.ts';

/** What the manager's own integration says of a FIM alert (rules 87103-87105). */
export interface ManagerAnswer {
  readonly file: PlacedFile;
  /** Id of the FIM alert. */
  readonly alertId: string;
  /** Null: no records. */
  readonly standing: Standing | null;
  /** Engines that gave an answer. */
  readonly total: number;
}

export function managerAnswerAlert({ file, alertId, standing, total }: ManagerAnswer): AlertDraft {
  const { md5, sha1, sha256 } = file.content.hashes;
  const source = { alert_id: alertId, file: file.path, md5, sha1 };
  if (!standing) {
    return integrationAlert(VIRUSTOTAL_RULES.noRecords, file, { found: 0, malicious: 0, source });
  }
  const rule = standing.positives > 0 ? VIRUSTOTAL_RULES.detected : VIRUSTOTAL_RULES.noPositives;
  const description = rule.description
    .replace('{file}', () => file.path)
    .replace('{positives}', String(standing.positives));
  const verdict = {
    found: 1,
    malicious: standing.positives > 0 ? 1 : 0,
    source,
    sha1,
    scan_date: plainTime(standing.analysedMs),
    positives: standing.positives,
    total,
    permalink: permalinkV2(sha256, standing.analysedMs),
  };
  return { ...integrationAlert(rule, file, verdict), description };
}

/** The manager's integration met its rate limit: belongs to the manager and names no file. */
export function rateLimitAlert(): AlertDraft {
  const { rateLimited } = VIRUSTOTAL_RULES;
  return integrationAlert(rateLimited, null, {
    error: 204,
    description: 'Error: Public API request rate limit reached',
  });
}

/** These rules have `no_full_log`: the script's line is in alerts.log only. */
function integrationAlert(rule: LabRule, file: PlacedFile | null, virustotal: JsonObject): AlertDraft {
  const fields = { virustotal, integration: 'virustotal' };
  return {
    rule,
    agent: file?.agent ?? MANAGER,
    location: 'virustotal',
    log: pythonJson(fields),
    isLogInJson: false,
    decoder: { name: 'json' },
    fields,
  };
}

/** JSON as Python's `json.dumps` spaces it. Only strings, numbers and objects occur. */
function pythonJson(value: unknown): string {
  if (typeof value !== 'object' || value === null) return JSON.stringify(value);
  const entries = Object.entries(value).map(([key, inner]) => `${JSON.stringify(key)}: ${pythonJson(inner)}`);
  return `{${entries.join(', ')}}`;
}
