import { createHash } from 'node:crypto';
import { EMPTY_FILE_HASHES } from '../../../src-shared/domain/file-hash.ts';
import { Random } from '../random.ts';
import { ListedFiles, type FileDirectory, type KnownFile } from '../virustotal/known-file.ts';
import { EICAR, EMPTY, TURNING, type Product } from './products.ts';

/** The bytes of one file, known by what FIM and VirusTotal know of them. */
export interface Content {
  readonly product: Product;
  /** Version of an upgraded or edited file, number of a dropped one. */
  readonly serial: number;
  readonly sizeBytes: number;
  readonly hashes: KnownFile['hashes'];
  readonly standing: 'clean' | 'unknown' | 'suspicious' | 'malicious';
}

/** Serials run round after so many: weeks of a lab that never sleeps. */
const SERIALS: Readonly<Record<Product['habit'], number>> = { upgraded: 120, edited: 4000, dropped: 500 };
const EPOCH_MS = Date.UTC(2024, 0, 15);
const DAY_MS = 86_400_000;

/** EICAR's 68 bytes (virustotal.md section 8). */
const EICAR_HASHES = {
  md5: '44d88612fea8a8f36de82e1278abb02f',
  sha1: '3395856ce81f2b7382dee72602f798b642f14140',
  sha256: '275a021bbfb6489e54d471899f7db9d1663fc695ec2fe2a2c4538aabf651fd0f',
};

/**
 * All contents of the lab's world: pure functions of its seed, so that nothing of them needs to be stored. Digests are
 * real ones, of a short text that stands in for the bytes. VirusTotal's side knows what has been made so far, but for
 * the contents nobody outside has.
 */
export class Catalogue implements FileDirectory {
  readonly #seed: string;
  readonly #made = new Map<string, Content>();
  readonly #known = new ListedFiles();

  constructor(seed: number) {
    this.#seed = `verdict-desk lab ${seed}`;
    for (const product of [EICAR, EMPTY, TURNING]) this.content(product, 1);
  }

  content(product: Product, serialWanted: number): Content {
    const serial = 1 + ((serialWanted - 1) % SERIALS[product.habit]);
    const key = `${product.key} ${serial}`;
    const existing = this.#made.get(key);
    if (existing) return existing;
    const content = this.#make(product, serial);
    this.#made.set(key, content);
    if (content.standing !== 'unknown') this.#known.add(this.#reportOf(content));
    return content;
  }

  /** Makes all contents of a product up to a serial, those that no machine holds any more included. */
  makeUpTo(product: Product, serial: number): void {
    for (let made = 1; made <= Math.min(serial, SERIALS[product.habit]); made += 1)
      this.content(product, made);
  }

  find(hex: string): KnownFile | null {
    return this.#known.find(hex);
  }

  #make(product: Product, serial: number): Content {
    const random = new Random(`${this.#seed} ${product.key} ${serial}`);
    const [least, most] = product.sizeBytes;
    return {
      product,
      serial,
      sizeBytes: random.integer(least, most),
      hashes: this.#hashes(product, serial),
      standing: random.weighted(weightsOf(product)),
    };
  }

  #reportOf(content: Content): KnownFile {
    const { product, serial, standing, hashes, sizeBytes } = content;
    const random = new Random(`${this.#seed} report ${product.key} ${serial}`);
    const isTrouble = standing === 'malicious' || standing === 'suspicious';
    const ageDays = isTrouble ? random.integer(300, 700) : random.integer(0, 700);
    return {
      hashes,
      sizeBytes,
      name: nameOf(product, serial),
      kind: product.kind,
      positives: standing === 'malicious' ? positivesOf(product, random) : 0,
      suspicious: standing === 'suspicious' ? random.integer(1, 3) : 0,
      threat: product.threat ?? null,
      firstSubmittedMs: EPOCH_MS + ageDays * DAY_MS + random.integer(0, DAY_MS),
      // A few fresh releases are still being analysed when they are first asked about.
      pendingForMs: product.key === 'native' && random.chance(0.25) ? random.integer(60, 240) * 1000 : 0,
    };
  }

  #hashes(product: Product, serial: number): KnownFile['hashes'] {
    if (product === EICAR) return EICAR_HASHES;
    if (product === EMPTY) return emptyHashes();
    const bytes = `${this.#seed}: ${product.key} ${serial}\n`;
    const digest = (algorithm: string) => createHash(algorithm).update(bytes).digest('hex');
    return { md5: digest('md5'), sha1: digest('sha1'), sha256: digest('sha256') };
  }
}

/** The file's own name with its serial filled in; folders are left out. */
export function nameOf(product: Product, serial: number): string {
  const path = product.path.replaceAll('{n}', String(serialNumber(serial)));
  return path.slice(Math.max(path.lastIndexOf('/'), path.lastIndexOf('\\')) + 1);
}

/** Serials as people meet them: four or five digits. */
export function serialNumber(serial: number): number {
  return 2290 + serial * 7;
}

function positivesOf(product: Product, random: Random): number {
  if (product === EICAR) return 62;
  return random.chance(0.3) ? random.integer(3, 9) : random.integer(24, 51);
}

function weightsOf({ standing }: Product) {
  const words = ['clean', 'unknown', 'suspicious', 'malicious'] as const;
  return words.flatMap((word) => {
    const weight = standing[word] ?? 0;
    return weight > 0 ? [[weight, word] as const] : [];
  });
}

function emptyHashes(): KnownFile['hashes'] {
  const { md5, sha1, sha256 } = EMPTY_FILE_HASHES;
  return { md5: md5 ?? '', sha1: sha1 ?? '', sha256: sha256 ?? '' };
}
