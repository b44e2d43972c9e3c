/** The `verdict_desk` object that our script writes: from the decoder's fields, or from the log line itself. */
import { SCAN_KINDS } from '../domain/scan.ts';
import { REPORT_EVENTS, type ScriptReport } from '../domain/script-report.ts';
import type { JsonObject } from './json-values.ts';
import { countAt, isObject, parseJson, textAt } from './json-values.ts';

const TOKEN = /^[a-z0-9]{16}$/;
const LONGEST = 1000;

/** Before 4.2: `DATE /var/ossec/active-response/bin/verdict-desk-kes add - - - - {"verdict_desk":{…}}`. */
const SPOKEN = /active-response\/bin\/verdict-desk-kes add - - - - (\{.*\})\s*$/;

/** `data`: what the manager decoded, values as text; empty before 4.2. Null when the line is none of the script's. */
export function scriptReport(data: JsonObject, fullLog: string): ScriptReport | null {
  const decoded = data['verdict_desk'];
  if (isObject(decoded)) return reportOf(decoded);
  const spoken = SPOKEN.exec(fullLog)?.[1];
  const parsed = spoken === undefined ? null : parseJson(spoken);
  const report = parsed && isObject(parsed.value) ? parsed.value['verdict_desk'] : null;
  return isObject(report) ? reportOf(report) : null;
}

function reportOf(fields: JsonObject): ScriptReport | null {
  const token = textAt(fields, 'scan');
  const event = REPORT_EVENTS.find((word) => word === fields['event']);
  if (token === null || !TOKEN.test(token) || !event) return null;
  return {
    token,
    event,
    kind: SCAN_KINDS.find((word) => word === fields['kind']) ?? null,
    task: shortTextAt(fields, 'task'),
    state: shortTextAt(fields, 'state'),
    code: countAt(fields, 'code'),
    words: shortTextAt(fields, 'reason') ?? shortTextAt(fields, 'words'),
    path: shortTextAt(fields, 'path'),
    threat: shortTextAt(fields, 'threat'),
    counts: {
      scanned: countAt(fields, 'scanned'),
      detected: countAt(fields, 'detected'),
      disinfected: countAt(fields, 'disinfected'),
      removed: countAt(fields, 'removed'),
      notDisinfected: countAt(fields, 'not_disinfected'),
      errors: countAt(fields, 'errors'),
      skipped: countAt(fields, 'skipped'),
    },
  };
}

function shortTextAt(fields: JsonObject, name: string): string | null {
  return textAt(fields, name)?.slice(0, LONGEST).toWellFormed() ?? null;
}
