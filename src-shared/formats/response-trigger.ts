/** The alert that caused an active response, from the copy that it carries (wazuh.md 6.2). */
import type { ResponseTrigger } from '../domain/script-report.ts';
import { isAlertId, timeOfAlertId, timeOfTimestamp } from './alert-time.ts';
import type { JsonObject } from './json-values.ts';
import { objectAt, textAt } from './json-values.ts';

const RULE_ID = /^\d{1,8}$/;
const LONGEST_DESCRIPTION = 500;

/**
 * From 4.2 on `parameters.alert` is the whole alert; before, the words are `add USER IP SEC.OFF RULE …`. Requests by a
 * person carry neither.
 */
export function responseTrigger(copied: JsonObject, words: readonly string[]): ResponseTrigger | null {
  return copiedTrigger(copied) ?? spokenTrigger(words);
}

function copiedTrigger(alert: JsonObject): ResponseTrigger | null {
  const rule = objectAt(alert, 'rule');
  const ruleId = textAt(rule, 'id');
  const alertId = textAt(alert, 'id');
  if (ruleId === null || !RULE_ID.test(ruleId) || alertId === null || !isAlertId(alertId)) return null;
  const timeMs = timeOfTimestamp(textAt(alert, 'timestamp') ?? '') ?? timeOfAlertId(alertId);
  if (timeMs === null) return null;
  const description = (textAt(rule, 'description') ?? '').slice(0, LONGEST_DESCRIPTION).toWellFormed();
  return { alertId, ruleId, description, timeMs };
}

function spokenTrigger([command, , , alertId = '', ruleId = '']: readonly string[]): ResponseTrigger | null {
  if (command !== 'add' && command !== 'delete') return null;
  if (!isAlertId(alertId) || !RULE_ID.test(ruleId)) return null;
  const timeMs = timeOfAlertId(alertId);
  return timeMs === null ? null : { alertId, ruleId, description: '', timeMs };
}
