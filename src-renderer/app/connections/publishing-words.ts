import type { Publishing } from '../../../src-shared/domain/connection-profile.ts';

export const PUBLISHING_CHOICES = [
  { value: 'off', label: 'Off' },
  { value: 'socket', label: 'Queue socket' },
  { value: 'api', label: 'API' },
] as const satisfies readonly { readonly value: Publishing; readonly label: string }[];

const PUBLISHING_WORDS: Readonly<Record<Publishing, string>> = {
  off: 'Outcomes stay on this computer. Nothing is written on the manager.',
  socket:
    'Each outcome is written to the manager’s queue over SSH, as its own VirusTotal integration does: rules 87101–87106 fire there and land in its alerts. The account must be root or reach it by sudo.',
  api: 'Each outcome is sent to POST /events of the API, from Wazuh 4.6 on: rules 87101–87106 fire there and land in its alerts. The user needs event:ingest.',
};

/**
 * What publishing does for a connection; outcomes are handed over only for files that the manager's own alerts told of.
 * `hasFiles`: its files are reached, not only its API.
 */
export function publishingLead(
  publishing: Publishing,
  { hasFiles, followsAlerts }: { readonly hasFiles: boolean; readonly followsAlerts: boolean },
): string {
  if (followsAlerts) return PUBLISHING_WORDS[publishing];
  const cure = hasFiles ? 'Choose its alert file' : 'Reach the manager over SSH and follow its alerts';
  return `${PUBLISHING_WORDS[publishing]} This connection follows no alerts, so nothing is published over it: outcomes go only to the manager whose alerts told of the file. ${cure} to publish.`;
}
