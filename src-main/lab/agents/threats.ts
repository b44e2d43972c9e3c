import type { LabTime } from '../lab-time.ts';
import { analyse, type Standing } from '../virustotal/analysis.ts';
import type { Dossiers } from '../virustotal/dossiers.ts';
import type { KnownFile } from '../virustotal/known-file.ts';
import type { LabAgent } from '../world/agents.ts';
import type { PlacedFile, Population } from '../world/population.ts';
import { EICAR } from '../world/products.ts';

const EICAR_NAME = 'EICAR-Test-File';
const ENGINE = 'Kaspersky';

/** Which of the world's files KES takes for threats: those that its own engine detects at VirusTotal, by the same name. */
export class Threats {
  readonly #population: Population;
  readonly #dossiers: Dossiers;
  readonly #time: LabTime;

  constructor(parts: {
    readonly population: Population;
    readonly dossiers: Dossiers;
    readonly time: LabTime;
  }) {
    this.#population = parts.population;
    this.#dossiers = parts.dossiers;
    this.#time = parts.time;
  }

  filesOn(agent: LabAgent): readonly PlacedFile[] {
    if (agent.role === null) return [];
    return this.#population.all().filter((file) => file.agent === agent);
  }

  /** By path. */
  on(agent: LabAgent): Record<string, string> {
    const found = this.filesOn(agent).flatMap((file) => {
      const name = this.#nameOf(file);
      return name === null ? [] : [[file.path, name] as const];
    });
    return Object.fromEntries(found);
  }

  #nameOf({ content }: PlacedFile): string | null {
    const { product, hashes } = content;
    if (product === EICAR) return EICAR_NAME;
    if (!product.threat) return null;
    const dossier = this.#dossiers.open(hashes.sha256, this.#time.now());
    if (dossier.kind !== 'finished' || dossier.standing.positives === 0) return null;
    return kesNameOf(dossier.file, dossier.standing);
  }
}

/** What KES calls a file that VirusTotal knows; null: its engine finds nothing. */
export function kesNameOf(file: KnownFile, standing: Standing): string | null {
  return analyse(file, standing).find(({ engine_name }) => engine_name === ENGINE)?.result ?? null;
}
