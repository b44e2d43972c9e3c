import type { FileHashes } from '../../src-shared/domain/file-hash.ts';
import { NO_TRIAGE, SOURCE_CODE, STANDING_CODE, UNLISTED } from './codes.ts';
import type { TallyName } from './tally.ts';

/** One distinct file as the writer works on it. Nulls are absent values, times epoch milliseconds. */
export interface FileRecord {
  readonly id: number;
  hashes: FileHashes;
  sizeBytes: number | null;
  verdict: CurrentVerdict | null;
  /** Malicious now, was not before. */
  turned: boolean;
  triage: number;
  /** All FIM events that name it, lookable or not. */
  events: number;
  lookable: number;
  /** Events answered by lookups that were spent on it; never more than there were lookups. */
  lookupsAnswered: number;
  /** Distinct agents among its events. */
  agents: number;
  /** The manager that all its events come from; `SEVERAL_MANAGERS`; null without events. */
  managerId: number | null;
  /** Of the newest event. */
  pathId: number | null;
  agentId: number | null;
  firstSeenMs: number;
  lastSeenMs: number;
  queue: QueueEntry | null;
}

export interface CurrentVerdict {
  readonly id: number;
  /** A standing code: malicious, suspicious, no records or clean. */
  readonly standing: number;
  readonly positives: number | null;
  readonly suspicious: number | null;
  readonly total: number | null;
  readonly judgedMs: number;
  /** A source code. */
  readonly source: number;
  /** Whom a manager's verdict is about; null for lookups, and for what an older version stored. */
  readonly speaker: Speaker | null;
}

/** An agent of one manager: another manager may have an agent of that name. */
export interface Speaker {
  /** The number of the first source that has the manager's name. */
  readonly managerId: number;
  readonly agentId: number;
}

/** Stands in `managerId`. */
export const SEVERAL_MANAGERS = 0;

/** Replaced, never changed: `save` tells by identity what it has to write. */
export interface QueueEntry {
  readonly priority: number;
  readonly queuedMs: number;
  /** 0: as soon as its turn comes. */
  readonly dueMs: number;
  readonly attempts: number;
  readonly lastOutcome: string | null;
  readonly lastMessage: string | null;
}

export function newFileRecord(id: number, hashes: FileHashes, seenMs: number): FileRecord {
  return {
    id,
    hashes,
    sizeBytes: null,
    verdict: null,
    turned: false,
    triage: NO_TRIAGE,
    events: 0,
    lookable: 0,
    lookupsAnswered: 0,
    agents: 0,
    managerId: null,
    pathId: null,
    agentId: null,
    firstSeenMs: seenMs,
    lastSeenMs: seenMs,
    queue: null,
  };
}

/**
 * A manager's word that a file is harmless is worth what the agent in it is worth: whoever is root there can have it
 * said. So it answers files that this agent alone reported.
 */
export function speaksForOneAgent({
  source,
  standing,
}: Pick<CurrentVerdict, 'source' | 'standing'>): boolean {
  return (
    source === SOURCE_CODE.manager &&
    (standing === STANDING_CODE.clean || standing === STANDING_CODE['no-records'])
  );
}

export function needsLookup({ verdict, lookable }: Pick<FileRecord, 'verdict' | 'lookable'>): boolean {
  return verdict === null && lookable > 0;
}

/** Outcomes that show as Failed; a rate limit or a pending analysis only makes the file wait. */
const FAILURES = new Set(['timed-out', 'request-failed', 'credentials-rejected']);

export function standingCodeOf({ verdict, queue }: FileRecord): number {
  if (verdict) return verdict.standing;
  if (!queue) return UNLISTED;
  return queue.lastOutcome !== null && FAILURES.has(queue.lastOutcome)
    ? STANDING_CODE.failed
    : STANDING_CODE.queued;
}

export function activityOf({ verdict, lastSeenMs }: FileRecord): number {
  return Math.max(lastSeenMs, verdict?.judgedMs ?? 0);
}

/** How many of its events lookups answered: the rest of the lookable ones are from the store. */
export function answeredEvents(file: FileRecord): number {
  return file.verdict ? Math.min(file.lookupsAnswered, file.lookable) : 0;
}

const STANDING_TALLY: Readonly<Record<number, TallyName>> = {
  [STANDING_CODE.malicious]: 'malicious',
  [STANDING_CODE.suspicious]: 'suspicious',
  [STANDING_CODE['no-records']]: 'no_records',
  [STANDING_CODE.clean]: 'clean',
  [STANDING_CODE.failed]: 'failed',
};

/** What one file adds to the whole-store counters. The ledger is the sum of these, so it cannot drift from the rows. */
export function contributionOf(file: FileRecord): readonly (readonly [TallyName, number])[] {
  const standing = standingCodeOf(file);
  if (standing === UNLISTED && file.lookable === 0) return [];
  const answered = answeredEvents(file);
  const contribution: [TallyName, number][] = file.verdict
    ? [
        ['answered', answered],
        ['from_store', file.lookable - answered],
      ]
    : [
        ['queued', file.lookable],
        ['queued_files', file.lookable > 0 ? 1 : 0],
        ['waiting_files', file.queue ? 1 : 0],
      ];
  const byStanding = STANDING_TALLY[standing];
  if (byStanding) contribution.push([byStanding, 1]);
  contribution.push(['listed', standing === UNLISTED ? 0 : 1]);
  contribution.push(['turned', file.turned ? 1 : 0]);
  contribution.push(['to_triage', file.triage === 1 ? 1 : 0]);
  return contribution;
}
