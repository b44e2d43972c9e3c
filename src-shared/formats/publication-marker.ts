/**
 * How an outcome that Verdict Desk handed to a manager is known again when it comes back as an alert: beside
 * `virustotal` and `integration` the event carries `"verdict_desk":{"id":"…"}`. In alerts.json it arrives as
 * `data.verdict_desk.id`; in alerts.log inside the JSON line, or as the flattened line `verdict_desk.id: …`.
 */
import type { JsonObject } from './json-values.ts';
import { isObject, objectAt, parseJson, textAt } from './json-values.ts';
import { flattenedFields } from './text-fields.ts';

export const MARKER_KEY = 'verdict_desk';

/** What an agent forwards can hold anything: only what could be one of ours counts. */
const MARKER = /^[0-9a-z-]{8,64}$/;

/** Of the decoder's fields of an alert (`data`), or of the event itself; null without an outcome beside it. */
export function markerOf(fields: JsonObject): string | null {
  if (!isObject(fields['virustotal'])) return null;
  const marker = textAt(objectAt(fields, MARKER_KEY), 'id');
  return marker !== null && MARKER.test(marker) ? marker : null;
}

/** Of the body of an alert in the text form. */
export function markerInText(body: string): string | null {
  if (!body.includes(MARKER_KEY)) return null;
  const line = body.split('\n').find((candidate) => candidate.startsWith('{'));
  const parsed = line === undefined ? null : parseJson(line);
  return markerOf(parsed && isObject(parsed.value) ? parsed.value : flattenedFields(body));
}
