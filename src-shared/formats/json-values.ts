/** Reading parsed JSON of unknown shape: every accessor answers null instead of throwing. */

export type JsonObject = Readonly<Record<string, unknown>>;

const NOTHING: JsonObject = {};

/** Null when the text is no JSON at all; a parsed `null` is a value and comes wrapped. */
export function parseJson(text: string): { readonly value: unknown } | null {
  try {
    return { value: JSON.parse(text) };
  } catch {
    return null;
  }
}

export function isObject(value: unknown): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** The object found there, or an empty one. */
export function objectAt(parent: JsonObject, name: string): JsonObject {
  const value = parent[name];
  return isObject(value) ? value : NOTHING;
}

/** Text, or a number as text; null for anything else and for empty text. */
export function textAt(parent: JsonObject, name: string): string | null {
  const value = parent[name];
  if (typeof value === 'string') return value === '' ? null : value;
  return typeof value === 'number' ? String(value) : null;
}

export function textsAt(parent: JsonObject, name: string): readonly string[] {
  const value = parent[name];
  return Array.isArray(value) ? value.filter((item) => typeof item === 'string') : [];
}

/** A whole number of 0 or more, written as number or as decimal text (`data` values are strings, wazuh.md 3.1). */
export function countAt(parent: JsonObject, name: string): number | null {
  return countOf(parent[name]);
}

export function countOf(value: unknown): number | null {
  if (typeof value === 'number') return Number.isSafeInteger(value) && value >= 0 ? value : null;
  if (typeof value !== 'string' || !/^\d{1,16}$/.test(value)) return null;
  const number = Number(value);
  return Number.isSafeInteger(number) ? number : null;
}
