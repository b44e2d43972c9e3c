import type { Json, JsonObject } from './alert-draft.ts';

/** Null for anything but a JSON object. */
export function parseObject(text: string): JsonObject | null {
  try {
    const parsed: unknown = JSON.parse(text);
    return isObject(parsed) ? parsed : null;
  } catch {
    return null;
  }
}

export function objectOf(value: Json | undefined): JsonObject | null {
  return isObject(value) ? value : null;
}

/** Of what JSON.parse made, so its members are JSON. */
function isObject(value: unknown): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

export function textOf(value: Json | undefined): string {
  return typeof value === 'string' || typeof value === 'number' ? String(value) : '';
}

/** The manager's JSON decoder drops empty texts. */
export function withoutEmpty(fields: JsonObject): JsonObject {
  const kept = Object.entries(fields)
    .filter(([, value]) => value !== '')
    .map(([key, value]) => {
      const inner = objectOf(value);
      return [key, inner ? withoutEmpty(inner) : value] as const;
    });
  return Object.fromEntries(kept);
}
