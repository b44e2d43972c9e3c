import type { Database } from 'better-sqlite3';
import type { DomainError } from '../../../src-shared/errors/domain-error.ts';
import type { ScanEvidence } from '../../../src-shared/domain/scan.ts';
import type { PlannedScan, ScanDetail, ScanRow } from '../../../src-shared/ipc/scans.ts';
import { readScan } from '../../store/queries/scan-detail.ts';

/** What `scan` and `scans` print for one agent with `--json`. */
export interface ScanReport
  extends ScanRow, Pick<ScanDetail, 'exact' | 'notSeen' | 'causes' | 'likelyCause'> {
  readonly evidence: readonly ScanEvidence[];
}

/** An agent that was not asked: there is no scan, and why. */
export interface NotAsked extends Pick<ScanRow, 'profile' | 'agentId' | 'agentName' | 'kind' | 'path'> {
  readonly id: null;
  readonly route: null;
  readonly state: 'refused';
  readonly evidence: readonly ScanEvidence[];
  readonly result: null;
  readonly refusal: NonNullable<PlannedScan['refusal']>;
}

export function* scanReports(db: Database, scanIds: Iterable<number>): Generator<ScanReport> {
  for (const id of scanIds) {
    const detail = readScan(db, id);
    if (detail) yield reportOf(detail);
  }
}

export function reportOf({ row, evidence, exact, notSeen, causes, likelyCause }: ScanDetail): ScanReport {
  return { ...row, evidence, exact, notSeen, causes, likelyCause };
}

/** Agents that could have been asked, and were not for this reason. */
export function turnedDown(
  possible: readonly PlannedScan[],
  about: Pick<ScanRow, 'kind' | 'path'>,
  { message, remedy }: DomainError,
): readonly NotAsked[] {
  return notAsked(
    possible.map((plan) => ({ ...plan, refusal: { message, remedy } })),
    about,
  );
}

export function notAsked(
  planned: readonly PlannedScan[],
  { kind, path }: Pick<ScanRow, 'kind' | 'path'>,
): readonly NotAsked[] {
  return planned.flatMap(({ profile, agentId, agentName, refusal }) =>
    refusal
      ? [
          {
            id: null,
            profile,
            agentId,
            agentName,
            kind,
            path,
            route: null,
            state: 'refused' as const,
            evidence: [],
            result: null,
            refusal,
          },
        ]
      : [],
  );
}
