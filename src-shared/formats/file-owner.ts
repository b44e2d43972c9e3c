/** Owners and permissions as one short text each, the same from either alert form. */
import { isObject, textAt, textsAt } from './json-values.ts';

/** `root (0)`, as the text form writes it; the half that is known when the other is not. */
export function ownerText(name: string | null, id: string | null): string | null {
  return name !== null && id !== null ? `${name} (${id})` : (name ?? id);
}

/**
 * Windows permissions, `[{name, allowed, denied}]` in JSON, in the words of the text form:
 * `Administrators (allowed): delete|read_data, Guests (denied): read_data`.
 */
export function windowsPermissionsText(value: unknown): string | null {
  if (!Array.isArray(value)) return null;
  const entries: string[] = [];
  for (const item of value) {
    if (!isObject(item)) continue;
    const name = textAt(item, 'name') ?? '';
    for (const effect of ['allowed', 'denied']) {
      const rights = textsAt(item, effect);
      if (rights.length > 0) entries.push(`${name} (${effect}): ${rights.join('|').toLowerCase()}`);
    }
  }
  return entries.length > 0 ? entries.join(', ') : null;
}
