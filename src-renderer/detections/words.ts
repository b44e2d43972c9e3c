import type { FileChange } from '../../src-shared/domain/alert.ts';
import type { DetectionRow, TriageState, VerdictVersion, View } from '../../src-shared/ipc/detections.ts';

/** The words of this screen. */

export const VIEW_NAMES: Readonly<Record<View, string>> = {
  'to-triage': 'To triage',
  turned: 'Turned malicious',
  malicious: 'Malicious',
  suspicious: 'Suspicious',
  'no-records': 'No records',
  everything: 'Everything',
};

export const TRIAGE_WORDS: Readonly<Record<TriageState, string>> = {
  new: 'New',
  investigating: 'Investigating',
  resolved: 'Resolved',
  'false-positive': 'False positive',
};

export const CHANGE_WORDS: Readonly<Record<FileChange, string>> = {
  added: 'added',
  modified: 'changed',
  deleted: 'deleted',
  readded: 'added again',
};

/** What stands in the column "Judged". */
export type Judged =
  | { readonly form: 'past'; readonly at: string; readonly isSeen: boolean }
  | { readonly form: 'future'; readonly at: string }
  | { readonly form: 'words'; readonly words: string };

/**
 * When a verdict came, or when it is asked for. The list is ordered by activity: where the file was seen again after
 * its verdict, that newer moment stands there, named as such, or the order would look wrong.
 */
export function judgedOf(row: DetectionRow): Judged {
  if (row.standing === 'queued' || row.standing === 'failed') {
    return row.waitsUntil
      ? { form: 'future', at: row.waitsUntil }
      : { form: 'words', words: row.standing === 'queued' ? 'in its turn' : 'needs you' };
  }
  if (!row.judgedAt) return { form: 'past', at: row.lastSeenAt, isSeen: true };
  return { form: 'past', at: row.activityAt, isSeen: row.activityAt > row.judgedAt };
}

/** "3 malicious, 1 suspicious of 71", for the title of the count beside a verdict. */
export function countsInWords(row: Pick<DetectionRow, 'positives' | 'suspicious' | 'total'>): string | null {
  if (row.total === null || row.positives === null) return null;
  const suspicion = row.suspicious ? `, ${row.suspicious} suspicious` : '';
  return `${row.positives} malicious${suspicion} of ${row.total}`;
}

/** Where a verdict came from, with the rule the field knows it by: "re-check · 87105". */
export function sourceWords({ source, rule }: Pick<VerdictVersion, 'source' | 'rule'>): string {
  return `${SOURCE_WORDS[source]} · ${rule}`;
}

const SOURCE_WORDS: Readonly<Record<VerdictVersion['source'], string>> = {
  lookup: 'lookup',
  recheck: 're-check',
  manager: 'manager',
};

/** Only addresses of VirusTotal's own site are opened, whatever a report claims. */
export function safePermalink(permalink: string | null): string | null {
  if (!permalink || !URL.canParse(permalink)) return null;
  const url = new URL(permalink);
  const isVirusTotal = url.protocol === 'https:' && url.host === 'www.virustotal.com' && url.username === '';
  return isVirusTotal ? url.href : null;
}
