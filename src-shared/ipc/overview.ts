import { z } from 'zod';
import { answer, query } from './procedure.ts';
import type { LedgerDetail } from '../domain/ledger.ts';
import type { DetectionRow } from './detections.ts';

export interface Overview {
  /** ISO 8601 UTC of the oldest FIM event; null before the first. */
  readonly since: string | null;
  readonly ledger: LedgerDetail;
  /** One entry a day of the span asked for, oldest first, in the time zone given. */
  readonly days: readonly DayCounts[];
  readonly agents: readonly AgentCounts[];
  readonly latest: readonly DetectionRow[];
  /** Malicious and suspicious files in all. */
  readonly detectionsTotal: number;
  readonly agentsTotal: number;
  readonly filesJudged: number;
  readonly attention: readonly AttentionItem[];
}

export interface DayCounts {
  /** `2026-11-21`, UTC like the quota's day. */
  readonly day: string;
  /** Verdicts of any kind that day. */
  readonly judged: number;
  readonly malicious: number;
  readonly suspicious: number;
  readonly clean: number;
  readonly noRecords: number;
  readonly fimEvents: number;
}

export interface AgentCounts {
  readonly agentName: string;
  readonly agentId: string | null;
  readonly malicious: number;
  readonly suspicious: number;
  readonly fimEvents: number;
}

/** What a person should look at, most urgent first. Numbers and names only; the window has the words. */
export type AttentionItem =
  | {
      readonly kind: 'turned';
      readonly fileId: number;
      readonly name: string;
      readonly before: 'clean' | 'no-records' | 'suspicious';
      readonly beforeAt: string;
      readonly positives: number;
      readonly total: number;
      readonly agents: number;
      readonly firstSeenAt: string;
    }
  | {
      readonly kind: 'to-triage';
      readonly files: number;
      readonly newestFileId: number;
      readonly newestName: string;
    }
  | {
      readonly kind: 'source';
      readonly sourceId: number;
      readonly path: string;
      readonly message: string;
      readonly remedy: string;
    }
  | { readonly kind: 'malformed'; readonly lines: number; readonly newestAt: string }
  /** The manager's own integration reported failures (87101, 87102, 87106) in the last day. */
  | {
      readonly kind: 'manager-failures';
      readonly rule: number;
      readonly count: number;
      readonly newestAt: string;
    }
  | {
      readonly kind: 'loss';
      readonly sourceId: number;
      readonly path: string;
      readonly detail: string;
      readonly at: string;
    }
  /** The background check after an unclean end found damage in the store. */
  | { readonly kind: 'store-damaged'; readonly message: string; readonly remedy: string }
  | { readonly kind: 'ledger-mismatch'; readonly difference: number };

export const overview = {
  get: query(z.object({ days: z.number().int().min(1).max(90) }), answer<Overview>()),
};
