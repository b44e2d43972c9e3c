/** The version in `v4.14.7` and `Wazuh v4.14.7` alike; null for what holds none. */
export function versionNumber(text: string | null): string | null {
  return /(\d{1,4}\.\d{1,4}(?:\.\d{1,4})?)/.exec(text ?? '')?.[1] ?? null;
}
