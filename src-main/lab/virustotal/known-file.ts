/** Families of content that engines treat alike. */
export type FileKind =
  | 'windows-program'
  | 'windows-library'
  | 'elf'
  | 'shell-script'
  | 'python'
  | 'php'
  | 'javascript'
  | 'document'
  | 'pdf'
  | 'archive'
  | 'text'
  | 'eicar';

/** What engines call a harmful file. */
export interface Threat {
  /** As engines spell it: `Mirai`. */
  readonly family: string;
  /** VirusTotal's word: `trojan`, `miner`, `ransomware`, `dropper`. */
  readonly category: string;
}

/** A file that VirusTotal's side of the lab has in its data. */
export interface KnownFile {
  /** Lower-case hex, all three. */
  readonly hashes: { readonly sha256: string; readonly sha1: string; readonly md5: string };
  readonly name: string;
  readonly kind: FileKind;
  readonly sizeBytes: number;
  readonly positives: number;
  readonly suspicious: number;
  readonly threat: Threat | null;
  /** Epoch milliseconds of the first submission. */
  readonly firstSubmittedMs: number;
  /** The first analysis ends so many milliseconds after the first question; 0 for files analysed long ago. */
  readonly pendingForMs: number;
}

/** Who knows which files there are. `hex` is a lower-case MD5, SHA-1 or SHA-256. */
export interface FileDirectory {
  find(hex: string): KnownFile | null;
}

/** Files by any of their digests. */
export class ListedFiles implements FileDirectory {
  readonly #byHash = new Map<string, KnownFile>();

  constructor(files: readonly KnownFile[] = []) {
    for (const file of files) this.add(file);
  }

  add(file: KnownFile): void {
    for (const hex of Object.values(file.hashes)) this.#byHash.set(hex, file);
  }

  find(hex: string): KnownFile | null {
    return this.#byHash.get(hex) ?? null;
  }
}
