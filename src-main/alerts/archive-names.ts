/**
 * Names of finished alert files, from two worlds.
 * Wazuh (3.x, 4.x): `YYYY/Mon/ossec-alerts-DD[-NNN].json[.gz]` beside the live name, which is a hard link to the newest;
 * months are English whatever the locale, chunks count up from -001 within the day, a `.sum` file is no alert file.
 * logrotate: `alerts.json.N[.gz]` (higher is older) or `alerts.json-YYYYMMDD[-TIME][.gz]` in the live name's folder.
 */

export interface ArchiveName {
  readonly family: 'dated' | 'sibling';
  /** Sorts the archives of a family from old to new; the same for a file before and after it is compressed. */
  readonly key: string;
  readonly isCompressed: boolean;
}

export const MONTHS = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec'];

const DATED_FILE = /^ossec-alerts-(0[1-9]|[12]\d|3[01])(?:-(\d{3,6}))?(\.json|\.log)(\.gz)?$/;

/** Null when the file is not an archive of alert files with this extension (`.json` or `.log`). */
export function parseDatedName(
  year: string,
  month: string,
  file: string,
  extension: string,
): ArchiveName | null {
  const found = DATED_FILE.exec(file);
  const monthIndex = MONTHS.indexOf(month);
  if (!found || monthIndex < 0 || found[3] !== extension || !/^\d{4}$/.test(year)) return null;
  const day = `${year}-${String(monthIndex + 1).padStart(2, '0')}-${found[1]}`;
  return {
    family: 'dated',
    key: `${day}#${(found[2] ?? '0').padStart(6, '0')}`,
    isCompressed: found[4] !== undefined,
  };
}

/** Null when `file` is not a rotated form of the live name. */
export function parseSiblingName(liveName: string, file: string): ArchiveName | null {
  if (!file.startsWith(liveName)) return null;
  const found = /^(?:\.(\d{1,6})|-(\d{8}(?:[-_.]?\d{1,10})?))(\.gz)?$/.exec(file.slice(liveName.length));
  if (!found) return null;
  const [, number, date, compressed] = found;
  const key =
    number === undefined ? `date ${date}` : `number ${String(999_999 - Number(number)).padStart(6, '0')}`;
  return { family: 'sibling', key, isCompressed: compressed !== undefined };
}

/**
 * What is missing between two neighbours of the chain, in words; null when they follow each other or nobody can tell.
 * Chunks of a day count up without gaps; a day without any alert leaves no archive, so `days` says whether to ask.
 */
export function describeGap(
  older: ArchiveName | null,
  newer: ArchiveName | null,
  days: boolean,
): string | null {
  if (older?.family !== 'dated' || newer?.family !== 'dated') return null;
  const [olderDay = '', olderChunk = ''] = older.key.split('#');
  const [newerDay = '', newerChunk = ''] = newer.key.split('#');
  const from = dayAfter(olderDay, 1);
  const to = dayAfter(newerDay, -1);
  if (days && from <= to) return `no archive of ${from === to ? from : `${from} to ${to}`} is there`;
  const firstMissing = olderDay === newerDay ? Number(olderChunk) + 1 : 0;
  const missing = Number(newerChunk) - firstMissing;
  return missing > 0
    ? `${missing} file(s) of ${newerDay} before chunk ${Number(newerChunk)} are not there`
    : null;
}

function dayAfter(day: string, days: number): string {
  const [year = 0, month = 1, date = 1] = day.split('-').map(Number);
  return new Date(Date.UTC(year, month - 1, date + days)).toISOString().slice(0, 10);
}
