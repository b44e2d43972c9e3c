import { z } from 'zod';
import type { LabAgent } from './agents.ts';
import { AGENTS } from './agents.ts';
import { serialNumber, type Catalogue, type Content } from './catalogue.ts';
import { PRODUCTS, productByKey, type Product } from './products.ts';

/** A file as it lies on a machine. */
export interface PlacedFile {
  readonly agent: LabAgent;
  readonly path: string;
  readonly content: Content;
  readonly permissions: string;
  readonly modifiedMs: number;
  readonly inode: number;
}

const storedFile = z.object({
  agent: z.string(),
  path: z.string(),
  product: z.string(),
  serial: z.number().int().positive(),
  permissions: z.string(),
  modifiedMs: z.number(),
  inode: z.number().int(),
});
/** The population as plain data. Serials count versions of upgraded products and numbers of dropped ones. */
export const populationSchema = z.object({
  serials: z.record(z.string(), z.number().int()),
  nextInode: z.number().int(),
  files: z.array(storedFile),
});
export type StoredPopulation = z.infer<typeof populationSchema>;

/** A killed lab may have made a few more contents than its state tells. */
const MADE_AHEAD = 30;

/** Which files lie on which machines, and what the next version or number of each product is. */
export class Population {
  readonly #catalogue: Catalogue;
  readonly #serials = new Map<string, number>();
  readonly #files = new Map<string, PlacedFile>();
  #nextInode = 1_310_720;

  constructor(catalogue: Catalogue) {
    this.#catalogue = catalogue;
  }

  /** Packages and configuration files are there from the beginning. */
  static settled(catalogue: Catalogue, atMs: number): Population {
    const population = new Population(catalogue);
    for (const product of PRODUCTS.filter(({ habit }) => habit !== 'dropped')) {
      for (const agent of agentsOf(product)) population.place(agent, product, 1, atMs);
    }
    return population;
  }

  /** Files of products that are no longer in the tables are left out. */
  static restore(catalogue: Catalogue, stored: StoredPopulation): Population {
    const population = new Population(catalogue);
    for (const [key, serial] of Object.entries(stored.serials)) {
      const product = productByKey(key);
      if (!product) continue;
      population.#serials.set(key, serial);
      catalogue.makeUpTo(product, serial + MADE_AHEAD);
    }
    for (const file of stored.files) {
      const agent = AGENTS.find(({ id }) => id === file.agent);
      const product = productByKey(file.product);
      if (!agent || !product) continue;
      const content = catalogue.content(product, file.serial);
      const { path, permissions, modifiedMs, inode } = file;
      population.#files.set(keyOf(agent, path), { agent, path, content, permissions, modifiedMs, inode });
    }
    population.#nextInode = stored.nextInode;
    return population;
  }

  store(): StoredPopulation {
    return {
      serials: Object.fromEntries(this.#serials),
      nextInode: this.#nextInode,
      files: this.all().map(({ agent, path, content, permissions, modifiedMs, inode }) => ({
        agent: agent.id,
        path,
        product: content.product.key,
        serial: content.serial,
        permissions,
        modifiedMs,
        inode,
      })),
    };
  }

  all(): readonly PlacedFile[] {
    return [...this.#files.values()];
  }

  /** The next version or number of a product. */
  nextSerial(product: Product): number {
    const serial = (this.#serials.get(product.key) ?? 1) + 1;
    this.#serials.set(product.key, serial);
    return serial;
  }

  at(agent: LabAgent, path: string): PlacedFile | null {
    return this.#files.get(keyOf(agent, path)) ?? null;
  }

  /** Puts a file there, over one that may be there already: an editor writes a new inode, an upgrade too. */
  place(agent: LabAgent, product: Product, serial: number, atMs: number): PlacedFile {
    const path = pathOf(product, serial, atMs);
    this.#nextInode += 1 + (this.#nextInode % 7);
    const file: PlacedFile = {
      agent,
      path,
      content: this.#catalogue.content(product, serial),
      permissions: product.permissions,
      modifiedMs: atMs,
      inode: agent.isWindows ? 0 : this.#nextInode,
    };
    this.#files.set(keyOf(agent, path), file);
    return file;
  }

  /** Changes what FIM watches besides the bytes. */
  touch(file: PlacedFile, change: Partial<Pick<PlacedFile, 'permissions' | 'modifiedMs'>>): PlacedFile {
    const touched = { ...file, ...change };
    this.#files.set(keyOf(file.agent, file.path), touched);
    return touched;
  }

  remove(file: PlacedFile): void {
    this.#files.delete(keyOf(file.agent, file.path));
  }
}

export function agentsOf(product: Product): LabAgent[] {
  return AGENTS.filter(({ role }) => role !== null && product.roles.includes(role));
}

export function pathOf(product: Product, serial: number, atMs: number): string {
  const date = new Date(atMs).toISOString();
  return product.path
    .replaceAll('{n}', String(serialNumber(serial)))
    .replaceAll('{month}', date.slice(0, 7))
    .replaceAll('{day}', date.slice(8, 10));
}

function keyOf(agent: LabAgent, path: string): string {
  return `${agent.id} ${path}`;
}
