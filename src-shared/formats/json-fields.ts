/** A JSON object of unknown content. */
export type JsonFields = Readonly<Record<string, unknown>>;

/** Narrows parsed JSON to an object; null for anything else, arrays included. */
export function jsonFields(value: unknown): JsonFields | null {
  return isFields(value) ? value : null;
}

/** A count, a size or an epoch second: a whole number from 0 on that JavaScript holds exactly; else null. */
export function wholeNumber(value: unknown): number | null {
  return typeof value === 'number' && Number.isSafeInteger(value) && value >= 0 ? value : null;
}

function isFields(value: unknown): value is JsonFields {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
