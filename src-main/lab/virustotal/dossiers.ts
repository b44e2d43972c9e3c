import type { Standing } from './analysis.ts';
import type { FileDirectory, KnownFile } from './known-file.ts';
import { ListedFiles } from './known-file.ts';

/** What VirusTotal has to say about a digest at a moment. */
export type Dossier =
  | { readonly kind: 'unknown' }
  | { readonly kind: 'pending'; readonly file: KnownFile }
  | { readonly kind: 'finished'; readonly file: KnownFile; readonly standing: Standing };

/** What changed since the files became known; plain data, so that a lab can take it up again after a restart. */
export interface DossierMemory {
  /** SHA-256 to the epoch millisecond of the first question, for files whose analysis takes time. */
  readonly askedAt: Readonly<Record<string, number>>;
  /** SHA-256 to a standing that replaced the file's own. */
  readonly standings: Readonly<Record<string, Standing>>;
}

const DAY_MS = 86_400_000;

/** The service's files and how they stand: finished, still being analysed, or changed since. */
export class Dossiers {
  readonly #directories: readonly FileDirectory[];
  readonly #added = new ListedFiles();
  readonly #forgotten = new Set<string>();
  readonly #askedAt: Map<string, number>;
  readonly #standings: Map<string, Standing>;

  constructor(directory: FileDirectory, memory: DossierMemory | null = null) {
    this.#directories = [this.#added, directory];
    this.#askedAt = new Map(Object.entries(memory?.askedAt ?? {}));
    this.#standings = new Map(Object.entries(memory?.standings ?? {}));
  }

  /** `hex` in any case. The first question starts the analysis of a pending file. */
  open(hex: string, nowMs: number): Dossier {
    const file = this.#find(hex);
    if (!file) return { kind: 'unknown' };
    const { sha256 } = file.hashes;
    const changed = this.#standings.get(sha256);
    if (changed) return { kind: 'finished', file, standing: changed };
    if (file.pendingForMs === 0) return { kind: 'finished', file, standing: originalStanding(file, nowMs) };
    const askedAt = this.#askedAt.get(sha256) ?? nowMs;
    this.#askedAt.set(sha256, askedAt);
    const analysedMs = askedAt + file.pendingForMs;
    if (nowMs < analysedMs) return { kind: 'pending', file };
    const { positives, suspicious } = file;
    return { kind: 'finished', file, standing: { positives, suspicious, analysedMs } };
  }

  /** From now on the service has this file. */
  add(file: KnownFile): void {
    this.#added.add(file);
    this.#forgotten.delete(file.hashes.sha256);
  }

  /** From now on the service has no records of the file. */
  forget(hex: string): void {
    const file = this.#find(hex);
    if (file) this.#forgotten.add(file.hashes.sha256);
  }

  /** A new analysis ended: clean turns malicious, or back, or a pending one finishes. False for an unknown digest. */
  change(hex: string, counts: Pick<Standing, 'positives' | 'suspicious'>, nowMs: number): boolean {
    const file = this.#find(hex);
    if (!file) return false;
    this.#standings.set(file.hashes.sha256, { ...counts, analysedMs: nowMs });
    return true;
  }

  memory(): DossierMemory {
    return {
      askedAt: Object.fromEntries(this.#askedAt),
      standings: Object.fromEntries(this.#standings),
    };
  }

  #find(text: string): KnownFile | null {
    const hex = text.toLowerCase();
    for (const directory of this.#directories) {
      const file = directory.find(hex);
      if (file) return this.#forgotten.has(file.hashes.sha256) ? null : file;
    }
    return null;
  }
}

/** Files known for long were analysed some days ago; the distance is the file's own, so that it never jumps. */
function originalStanding(file: KnownFile, nowMs: number): Standing {
  const { positives, suspicious, firstSubmittedMs, hashes } = file;
  const ageDays = Number.parseInt(hashes.sha256.slice(0, 4), 16) % 60;
  const analysedMs = Math.max(firstSubmittedMs, startOfDay(nowMs) - ageDays * DAY_MS);
  return { positives, suspicious, analysedMs };
}

function startOfDay(ms: number): number {
  return ms - (ms % DAY_MS);
}
