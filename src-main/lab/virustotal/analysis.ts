import { Random } from '../random.ts';
import { detectionName } from './detection-names.ts';
import { ENGINES, scansKind, type Engine } from './engines.ts';
import type { KnownFile } from './known-file.ts';

/** One engine's entry of `last_analysis_results`, keys in VirusTotal's order. */
export interface EngineEntry {
  readonly method: 'blacklist';
  readonly engine_name: string;
  readonly engine_version: string;
  readonly engine_update: string;
  readonly category: AnalysisCategory;
  readonly result: string | null;
}

/** All eight words a file's engine can have; the last three occur for files only. */
export type AnalysisCategory =
  | 'malicious'
  | 'suspicious'
  | 'undetected'
  | 'harmless'
  | 'timeout'
  | 'confirmed-timeout'
  | 'failure'
  | 'type-unsupported';

export type AnalysisStats = Readonly<Record<AnalysisCategory, number>>;

/** How a file stands when it is asked: counts may have changed since the file became known. */
export interface Standing {
  readonly positives: number;
  readonly suspicious: number;
  /** Epoch milliseconds of the last analysis. */
  readonly analysedMs: number;
}

/**
 * The engines' answers: exactly `positives` say malicious and `suspicious` say suspicious; the engines that detect are
 * always the same ones for a file, so that a growing count adds engines and swaps none.
 */
export function analyse(file: KnownFile, standing: Standing): EngineEntry[] {
  const random = new Random(`analysis ${file.hashes.sha256}`);
  const scanning = ENGINES.filter((engine) => scansKind(engine, file.kind));
  const order = random.shuffled(scanning);
  const detecting = new Set(order.slice(0, standing.positives));
  const suspecting = new Set(order.slice(standing.positives, standing.positives + standing.suspicious));
  const slow = random.chance(0.15) ? order.at(-1) : undefined;
  return ENGINES.map((engine) => {
    const category = categoryOf(engine);
    const result = category === 'malicious' || category === 'suspicious' ? detectionName(engine, file) : null;
    return entry(engine, category, result, standing.analysedMs);
  });

  function categoryOf(engine: Engine): AnalysisCategory {
    if (detecting.has(engine)) return 'malicious';
    if (suspecting.has(engine)) return 'suspicious';
    if (!scansKind(engine, file.kind)) return 'type-unsupported';
    return engine === slow ? 'timeout' : 'undetected';
  }
}

export function countCategories(entries: readonly EngineEntry[]): AnalysisStats {
  const stats: Record<AnalysisCategory, number> = {
    malicious: 0,
    suspicious: 0,
    undetected: 0,
    harmless: 0,
    timeout: 0,
    'confirmed-timeout': 0,
    failure: 0,
    'type-unsupported': 0,
  };
  for (const { category } of entries) stats[category] += 1;
  return stats;
}

function entry(
  engine: Engine,
  category: AnalysisCategory,
  result: string | null,
  analysedMs: number,
): EngineEntry {
  const updated = new Date(analysedMs - engine.updateAgeDays * 86_400_000);
  return {
    method: 'blacklist',
    engine_name: engine.name,
    engine_version: engine.version,
    engine_update: updated.toISOString().slice(0, 10).replaceAll('-', ''),
    category,
    result,
  };
}
