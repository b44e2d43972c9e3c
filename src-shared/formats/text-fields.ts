/** Decoder fields in the text form: the JSON line as it came, and the flattened `a.b: value` lines below it. */
import type { JsonObject } from './json-values.ts';
import { isObject, parseJson } from './json-values.ts';

/** The `virustotal` object of an integrator's alert; from the flattened lines where the JSON line is damaged. */
export function integratorReport(body: string): JsonObject | null {
  const line = body.split('\n').find((candidate) => candidate.startsWith('{'));
  const parsed = line === undefined ? null : parseJson(line);
  const root = parsed && isObject(parsed.value) ? parsed.value : flattenedFields(body);
  const report = root['virustotal'];
  return isObject(report) ? report : null;
}

const FIELD = /^([\w@-]+(?:\.[\w@-]+)*): (.*)$/;

/** `virustotal.source.file: /a` to nested objects of text; lists (`["--full_scan"]`) stay lists. */
export function flattenedFields(body: string): JsonObject {
  const root = new Map<string, unknown>();
  for (const line of body.split('\n')) {
    const match = FIELD.exec(line);
    if (match) place(root, (match[1] ?? '').split('.'), valueOf(match[2] ?? ''));
  }
  return plain(root);
}

function place(root: Map<string, unknown>, names: readonly string[], value: unknown): void {
  let parent = root;
  for (const name of names.slice(0, -1)) {
    const found = parent.get(name);
    const child = found instanceof Map ? found : new Map<string, unknown>();
    parent.set(name, child);
    parent = child;
  }
  parent.set(names.at(-1) ?? '', value);
}

function valueOf(text: string): unknown {
  const parsed = text.startsWith('[') ? parseJson(text) : null;
  return parsed ? parsed.value : text;
}

function plain(fields: ReadonlyMap<string, unknown>): JsonObject {
  return Object.fromEntries(
    [...fields].map(([name, value]) => [name, value instanceof Map ? plain(value) : value]),
  );
}
