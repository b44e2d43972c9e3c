/** The sections in reading order; each is `#/settings/…`. */
export const SECTIONS = [
  { id: 'connections', name: 'Connections' },
  { id: 'virustotal', name: 'VirusTotal' },
  { id: 'queue', name: 'Queue and re-checks' },
  { id: 'exclusions', name: 'Exclusions' },
  { id: 'sources', name: 'Alert files' },
  { id: 'malformed', name: 'Damaged lines' },
  { id: 'audit', name: 'Audit trail' },
  { id: 'appearance', name: 'Appearance' },
  { id: 'data', name: 'Data' },
] as const;

export type SectionId = (typeof SECTIONS)[number]['id'];

/** The section an address names; re-checks are part of the queue's. */
export function readSection(part: string | null): SectionId {
  if (part === 'rechecks') return 'queue';
  return SECTIONS.find(({ id }) => id === part)?.id ?? 'connections';
}
