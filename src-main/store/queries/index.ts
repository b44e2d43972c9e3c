import type { Database } from 'better-sqlite3';
import type { LedgerDetail } from '../../../src-shared/domain/ledger.ts';
import type {
  DetectionDetail,
  DetectionPage,
  Sighting,
  SourceAlert,
} from '../../../src-shared/ipc/detections.ts';
import type { AgentListing, AgentPage, AgentRow } from '../../../src-shared/ipc/agents.ts';
import type { CrossVerdict } from '../../../src-shared/ipc/cross-verdict.ts';
import type { Overview } from '../../../src-shared/ipc/overview.ts';
import type { ScanDetail, ScanOrder, ScanPage, ScanRow } from '../../../src-shared/ipc/scans.ts';
import type { MalformedLine } from '../../../src-shared/ipc/sources.ts';
import { checkIntegrity } from '../integrity.ts';
import {
  listAgentGroups,
  listAgentListings,
  listAgentsOfManagers,
  readAgent,
  type AgentsRequest,
} from './agents.ts';
import { exportAudit, readAudit, type AuditPage } from './audit.ts';
import { countFiles, type FileCounts } from './count-files.ts';
import { readCrossVerdict } from './cross-verdict.ts';
import { readDetection } from './detection-detail.ts';
import { exportRows, type ExportedRows, type ExportRequest } from './export-rows.ts';
import type { FileFilter } from './file-filter.ts';
import { readLedger } from './ledger.ts';
import { listFiles, type ListRequest } from './list-files.ts';
import { readOverview, type OverviewRequest } from './overview.ts';
import { readQueueState, type QueueState } from './queue-state.ts';
import { readScan } from './scan-detail.ts';
import { listScans, listScansOfAgent, listScansOfFile, type ScansRequest } from './scan-list.ts';
import { listScanOrders, readScanOrder } from './scan-orders.ts';
import { listSightings, readSourceAlert, type SightingsRequest } from './sightings.ts';
import { findFile, listAgents, listMalformed, listQueue, type QueueRow } from './small-lists.ts';
import { readVerdictRow, type VerdictRow } from './verdict-rows.ts';

/** Every question the store answers: what is asked with and what comes back, as plain data. */
export interface QueryShapes {
  readonly overview: { readonly argument: OverviewRequest; readonly answer: Overview };
  readonly ledger: { readonly argument: null; readonly answer: LedgerDetail };
  readonly list: { readonly argument: ListRequest; readonly answer: DetectionPage };
  readonly counts: { readonly argument: FileFilter; readonly answer: FileCounts };
  readonly detection: { readonly argument: number; readonly answer: DetectionDetail | null };
  /** A digest as text. */
  readonly find: { readonly argument: string; readonly answer: { readonly fileId: number } | null };
  readonly sightings: { readonly argument: SightingsRequest; readonly answer: readonly Sighting[] };
  /** By event number. */
  readonly sourceAlert: { readonly argument: number; readonly answer: SourceAlert | null };
  readonly agents: { readonly argument: null; readonly answer: readonly string[] };
  /** Agents of all managers, as they and the alerts tell. */
  readonly agentPage: { readonly argument: AgentsRequest; readonly answer: AgentPage };
  readonly agent: {
    readonly argument: { readonly profile: string; readonly agentId: string };
    readonly answer: AgentRow | null;
  };
  readonly agentGroups: { readonly argument: null; readonly answer: readonly string[] };
  readonly agentListings: { readonly argument: null; readonly answer: readonly AgentListing[] };
  readonly malformed: {
    readonly argument: { readonly before: number | null; readonly limit: number };
    readonly answer: readonly MalformedLine[];
  };
  /** The head of the queue, so many entries. */
  readonly queue: { readonly argument: number; readonly answer: readonly QueueRow[] };
  /** At a time in epoch milliseconds. */
  readonly queueState: { readonly argument: number; readonly answer: QueueState };
  readonly exportRows: { readonly argument: ExportRequest; readonly answer: ExportedRows };
  /** By file number. */
  readonly verdict: { readonly argument: number; readonly answer: VerdictRow | null };
  readonly scans: { readonly argument: ScansRequest; readonly answer: ScanPage };
  /** The newest, so many. */
  readonly scanOrders: { readonly argument: number; readonly answer: readonly ScanOrder[] };
  /** By order number. */
  readonly scanOrder: { readonly argument: number; readonly answer: ScanOrder | null };
  /** By scan number. */
  readonly scan: { readonly argument: number; readonly answer: ScanDetail | null };
  readonly scansOfFile: {
    readonly argument: { readonly fileId: number; readonly limit: number };
    readonly answer: readonly ScanRow[];
  };
  readonly scansOfAgent: {
    readonly argument: { readonly profile: string; readonly agentId: string; readonly limit: number };
    readonly answer: readonly ScanRow[];
  };
  /** By file number. */
  readonly crossVerdict: { readonly argument: number; readonly answer: CrossVerdict | null };
  readonly audit: {
    readonly argument: { readonly before: number | null; readonly limit: number };
    readonly answer: AuditPage;
  };
  /** At a time in epoch milliseconds. */
  readonly auditExport: {
    readonly argument: number;
    readonly answer: { readonly fileName: string; readonly text: string };
  };
  /** Bytes of the store without its write-ahead log. */
  readonly size: { readonly argument: null; readonly answer: number };
  /** Null when the store is sound; reads all of it. */
  readonly integrity: { readonly argument: null; readonly answer: string | null };
}
export type QueryName = keyof QueryShapes;

const QUERIES: {
  readonly [Name in QueryName]: (
    db: Database,
    argument: QueryShapes[Name]['argument'],
  ) => QueryShapes[Name]['answer'];
} = {
  overview: readOverview,
  ledger: readLedger,
  list: listFiles,
  counts: countFiles,
  detection: readDetection,
  find: findFile,
  sightings: listSightings,
  sourceAlert: readSourceAlert,
  agents: listAgents,
  agentPage: listAgentsOfManagers,
  agent: readAgent,
  agentGroups: listAgentGroups,
  agentListings: listAgentListings,
  malformed: listMalformed,
  queue: listQueue,
  queueState: readQueueState,
  exportRows,
  verdict: readVerdictRow,
  scans: listScans,
  scanOrders: listScanOrders,
  scanOrder: readScanOrder,
  scan: readScan,
  scansOfFile: listScansOfFile,
  scansOfAgent: listScansOfAgent,
  crossVerdict: readCrossVerdict,
  audit: readAudit,
  auditExport: exportAudit,
  size: (db) =>
    Number(db.pragma('page_count', { simple: true })) * Number(db.pragma('page_size', { simple: true })),
  integrity: checkIntegrity,
};

/** Answers one question from one state of the store, however many statements that takes. */
export function runQuery<Name extends QueryName>(
  db: Database,
  name: Name,
  argument: QueryShapes[Name]['argument'],
): QueryShapes[Name]['answer'] {
  db.exec('BEGIN');
  try {
    return QUERIES[name](db, argument);
  } finally {
    db.exec('COMMIT');
  }
}
