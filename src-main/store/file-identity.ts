import type { Database } from 'better-sqlite3';
import {
  HASH_ALGORITHMS,
  parseFileHash,
  type FileHashes,
  type HashAlgorithm,
} from '../../src-shared/domain/file-hash.ts';
import { BoundedCache } from './bounded-cache.ts';
import { digestPlace, digestPlaces, type DigestPlace } from './digests.ts';
import type { FileRecord } from './file-record.ts';
import type { FileRecords } from './file-records.ts';
import type { RowMemo } from './storable-event.ts';

const REMEMBERED_FILES = 8192;
/** Where no digest stands. */
const NOWHERE: DigestPlace = [-1, -1];

/** What joining and learning need from their neighbours. */
export interface IdentityPorts {
  /** Makes one file of two; returns the one that stays. */
  readonly join: (a: FileRecord, b: FileRecord) => FileRecord;
  /** A file holds digests it did not hold before. */
  readonly learned: (file: FileRecord) => void;
}

/**
 * Which file a set of digests names. A file holds at most one digest of each algorithm, and the strongest decides:
 *
 * - two different SHA-256 are two files, whatever else they share (MD5 and SHA-1 collisions can be made on purpose);
 * - a weaker digest joins two files only while nobody else holds it: once it is ambiguous it joins nothing, and what is
 *   known by it alone stays a file of its own.
 */
export class FileIdentity {
  readonly #files: FileRecords;
  readonly #ports: IdentityPorts;
  readonly #remembered = new BoundedCache<string, number>(REMEMBERED_FILES);
  readonly #statements: ReturnType<typeof prepareStatements>;

  constructor(db: Database, files: FileRecords, ports: IdentityPorts) {
    this.#files = files;
    this.#ports = ports;
    this.#statements = prepareStatements(db);
  }

  /**
   * The file these digests name: found, extended, joined or created. At least one digest must be present. What a memo
   * remembers is only believed when the file says so itself.
   */
  resolve(hashes: FileHashes, seenMs: number, memo?: RowMemo): FileRecord {
    if (!memo) return this.#resolve(hashes, seenMs);
    const remembered = memo.id > 0 && hashes.sha256 !== null ? this.#files.get(memo.id) : null;
    const isIt = remembered?.hashes.sha256 === hashes.sha256 && covers(remembered.hashes, hashes);
    if (remembered && isIt) return remembered;
    const file = this.#resolve(hashes, seenMs);
    memo.id = file.id;
    return file;
  }

  #resolve(hashes: FileHashes, seenMs: number): FileRecord {
    const known = hashes.sha256 ? this.#holderOf(hashes.sha256) : undefined;
    if (known && covers(known.hashes, hashes)) return known;
    const target = known ?? this.#weaklyKnown(hashes);
    if (target) return this.#extend(target, hashes);
    return this.#create(hashes, seenMs);
  }

  /**
   * What VirusTotal's report says of a file's digests is certain: it joins, and it corrects a weaker digest that an
   * alert had claimed. A report on another SHA-256 than the file's is about another file, which is returned.
   */
  resolveReported(file: FileRecord, reported: FileHashes): FileRecord {
    const { sha256 } = file.hashes;
    if (sha256 && reported.sha256 && sha256 !== reported.sha256) {
      return this.resolve(reported, file.lastSeenMs);
    }
    this.#correct(file, reported);
    const holder = reported.sha256 ? this.#holders('sha256', reported.sha256)[0] : undefined;
    if (holder && holder.id !== file.id) {
      this.#correct(holder, reported);
      this.#correct(file, holder.hashes);
    }
    return this.#extend(file, reported);
  }

  /** The file that holds a digest; null when none or several do. */
  find(algorithm: HashAlgorithm, hex: string): FileRecord | null {
    const holders = this.#holders(algorithm, hex);
    return (
      (holders.length === 1 ? holders[0] : holders.find((file) => isKnownOnlyBy(file, algorithm))) ?? null
    );
  }

  /** Numbers of all files that hold a digest of any algorithm, in hex of any case. */
  holdersOf(hex: string): readonly number[] {
    const hash = parseFileHash(hex);
    return hash ? this.#holders(hash.algorithm, hash.hex).map(({ id }) => id) : [];
  }

  /** Moves the index entries of a joined file. */
  moveDigests(from: FileRecord, to: FileRecord): void {
    for (const algorithm of HASH_ALGORITHMS) {
      const hex = from.hashes[algorithm];
      if (!hex) continue;
      this.#statements.remove.run(...digestPlace(hex), from.id);
      this.#statements.add.run(...digestPlace(hex), to.id);
    }
  }

  #weaklyKnown(hashes: FileHashes): FileRecord | undefined {
    if (this.#isNew(hashes)) return undefined;
    for (const algorithm of ['sha1', 'md5'] as const) {
      const hex = hashes[algorithm];
      if (!hex) continue;
      const holders = this.#holders(algorithm, hex);
      const fitting = holders.filter((file) => agree(file.hashes, hashes));
      if (holders.length === 1 || !hashes.sha256) {
        if (fitting.length === 1) return fitting[0];
        const own = fitting.find((file) => isKnownOnlyBy(file, algorithm));
        if (own) return own;
      }
      // Ambiguous: a weaker digest than this one must not decide instead.
      if (fitting.length > 1) return undefined;
    }
    return undefined;
  }

  /** What could be joined was found before: nothing else is looked for. */
  #create(hashes: FileHashes, seenMs: number): FileRecord {
    const file = this.#files.create(hashes, seenMs);
    this.#addPlaces(digestPlaces(hashes), file.id);
    this.#ports.learned(file);
    return file;
  }

  /** Nobody holds any of the weaker digests: most files are met here for the first time. */
  #isNew({ sha1, md5 }: FileHashes): boolean {
    const first = sha1 ? digestPlace(sha1) : NOWHERE;
    const second = md5 ? digestPlace(md5) : NOWHERE;
    return this.#statements.anyPlace.get(...first, ...second) === undefined;
  }

  #extend(file: FileRecord, hashes: FileHashes): FileRecord {
    const union = fillIn(file.hashes, hashes);
    if (covers(file.hashes, union)) return file;
    const record = this.#files.edit(file.id) ?? file;
    for (const algorithm of HASH_ALGORITHMS) {
      const hex = union[algorithm];
      if (hex && !record.hashes[algorithm]) this.#statements.add.run(...digestPlace(hex), record.id);
    }
    record.hashes = union;
    const joined = this.#joinHolders(record);
    this.#ports.learned(joined);
    return joined;
  }

  /** The usual three in one statement: this runs for every new file. */
  #addPlaces(places: readonly DigestPlace[], id: number): void {
    const [first, second, third] = places;
    if (first && second && third) {
      this.#statements.addThree.run(...first, id, ...second, id, ...third, id);
    } else for (const place of places) this.#statements.add.run(...place, id);
  }

  #joinHolders(file: FileRecord): FileRecord {
    for (const algorithm of HASH_ALGORITHMS) {
      const hex = file.hashes[algorithm];
      const holders = hex ? this.#holders(algorithm, hex) : [];
      const other = holders.find((holder) => holder.id !== file.id);
      if (holders.length === 2 && other && agree(other.hashes, file.hashes)) {
        return this.#joinHolders(this.#ports.join(file, other));
      }
    }
    return file;
  }

  /** Takes away the weaker digests that contradict certain ones. */
  #correct(file: FileRecord, certainly: FileHashes): void {
    const record = this.#files.edit(file.id) ?? file;
    for (const algorithm of ['sha1', 'md5'] as const) {
      const claimed = record.hashes[algorithm];
      const certain = certainly[algorithm];
      if (!claimed || !certain || claimed === certain) continue;
      this.#statements.remove.run(...digestPlace(claimed), record.id);
      record.hashes = { ...record.hashes, [algorithm]: null };
    }
  }

  /** A SHA-256 has one holder at most. What is remembered is only believed when the file says so itself. */
  #holderOf(sha256: string): FileRecord | undefined {
    const id = this.#remembered.get(sha256);
    const remembered = id === undefined ? null : this.#files.get(id);
    if (remembered?.hashes.sha256 === sha256) return remembered;
    const [holder] = this.#holders('sha256', sha256);
    if (holder) this.#remembered.set(sha256, holder.id);
    return holder;
  }

  #holders(algorithm: HashAlgorithm, hex: string): FileRecord[] {
    const holders: FileRecord[] = [];
    for (const id of this.#statements.byPlace.all(...digestPlace(hex))) {
      const file = this.#files.get(id);
      if (file?.hashes[algorithm] === hex) holders.push(file);
    }
    return holders;
  }
}

/** Nothing in `part` is missing from `whole`; a contradiction counts as covered, since the stronger digest ruled. */
function covers(whole: FileHashes, part: FileHashes): boolean {
  return HASH_ALGORITHMS.every((name) => part[name] === null || whole[name] !== null);
}

/** No algorithm gives them different digests. */
function agree(a: FileHashes, b: FileHashes): boolean {
  return HASH_ALGORITHMS.every((name) => a[name] === null || b[name] === null || a[name] === b[name]);
}

function fillIn(known: FileHashes, more: FileHashes): FileHashes {
  return {
    sha256: known.sha256 ?? more.sha256,
    sha1: known.sha1 ?? more.sha1,
    md5: known.md5 ?? more.md5,
  };
}

function isKnownOnlyBy({ hashes }: FileRecord, algorithm: HashAlgorithm): boolean {
  return hashes.sha256 === null && (algorithm === 'sha1' || hashes.sha1 === null);
}

function prepareStatements(db: Database) {
  return {
    byPlace: db
      .prepare<[number, number], number>('SELECT file_id FROM file_digest WHERE key = ? AND mix = ?')
      .pluck(),
    add: db.prepare<[number, number, number]>(
      'INSERT OR IGNORE INTO file_digest (key, mix, file_id) VALUES (?, ?, ?)',
    ),
    addThree: db.prepare<number[]>(
      'INSERT OR IGNORE INTO file_digest (key, mix, file_id) VALUES (?, ?, ?), (?, ?, ?), (?, ?, ?)',
    ),
    anyPlace: db
      .prepare<[number, number, number, number], number>(
        'SELECT 1 FROM file_digest WHERE (key = ? AND mix = ?) OR (key = ? AND mix = ?) LIMIT 1',
      )
      .pluck(),
    remove: db.prepare<[number, number, number]>(
      'DELETE FROM file_digest WHERE key = ? AND mix = ? AND file_id = ?',
    ),
  };
}
