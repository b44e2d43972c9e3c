import { z } from 'zod';
import type { ScanState } from '../domain/scan.ts';
import { answer, query } from './procedure.ts';
import type { ScanRow } from './scans.ts';

/** What Kaspersky's engine said of a file at VirusTotal, and what KES said of it on hosts. */
export interface CrossVerdict {
  /** Engines of Kaspersky's in the newest report that has engines; empty when none is among them. */
  readonly virustotal: readonly KasperskyEngine[];
  /** ISO 8601 UTC: when that report was read; null without one. */
  readonly judgedAt: string | null;
  /** Newest first, one for each detection and each scan of the file that ended; at most 200. */
  readonly hosts: readonly HostVerdict[];
}

export interface KasperskyEngine {
  readonly engine: string;
  /** `malicious`, `undetected`, … as the service calls it. */
  readonly category: string;
  readonly result: string | null;
  readonly engineVersion: string | null;
  /** `20261121`, as the service writes it. */
  readonly engineUpdate: string | null;
}

export interface HostVerdict {
  readonly profile: string;
  /** Null where an alert in the text form named the agent only. */
  readonly agentId: string | null;
  readonly agentName: string;
  readonly path: string;
  /** `unknown`: a scan ended and nobody saw what it found. */
  readonly said: 'detected' | 'clean' | 'unknown';
  readonly threat: string | null;
  /** ISO 8601 UTC. */
  readonly time: string;
  /** The scan that found it; null for a task of KES's own. */
  readonly scanId: number | null;
  readonly scanState: ScanState | null;
}

const limit = z.number().int().min(1).max(200);

/** Questions of other screens about scans; part of `scans`. */
export const scanLookups = {
  /** Scans that were asked for from a file or look at one of its paths, newest first. */
  ofFile: query(z.object({ fileId: z.number().int(), limit }), answer<readonly ScanRow[]>()),
  /** Scans of one agent, newest first. */
  ofAgent: query(
    z.object({ profile: z.string().max(64), agentId: z.string().max(32), limit }),
    answer<readonly ScanRow[]>(),
  ),
  /** Null when the file is unknown. */
  crossVerdict: query(z.object({ fileId: z.number().int() }), answer<CrossVerdict | null>()),
};
