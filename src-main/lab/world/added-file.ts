import { createHash } from 'node:crypto';
import { fimAlert } from '../alerts/fim-alert.ts';
import type { AlertDraft } from '../alerts/alert-draft.ts';
import type { FileKind, KnownFile } from '../virustotal/known-file.ts';
import type { LabAgent } from './agents.ts';
import type { Product } from './products.ts';

/** A file somebody wants in the world, and what VirusTotal shall say of it. */
export interface FileWish {
  /** Id or name of the agent. */
  readonly agent: string;
  readonly path: string;
  /** Its digests are those of this text. */
  readonly content: string;
  /** `pending`: analysed only a while after the first question. */
  readonly verdict?: 'clean' | 'unknown' | 'suspicious' | 'malicious' | 'pending';
  readonly mode?: 'realtime' | 'scheduled' | 'whodata';
}

export interface AddedFile {
  readonly alertId: string;
  readonly agentId: string;
  readonly path: string;
  readonly hashes: KnownFile['hashes'];
}

const PENDING_MS = 60_000;

/** The FIM alert of a wished-for file, and its entry at VirusTotal (null: unknown there). */
export function wishedFile(
  wish: FileWish,
  agent: LabAgent,
  atMs: number,
): { readonly draft: AlertDraft; readonly known: KnownFile | null; readonly hashes: KnownFile['hashes'] } {
  const { path, content, verdict = 'unknown', mode = 'realtime' } = wish;
  const digest = (algorithm: string) => createHash(algorithm).update(content).digest('hex');
  const hashes = { sha256: digest('sha256'), sha1: digest('sha1'), md5: digest('md5') };
  const product = productOf(path, agent);
  const standing = verdict === 'pending' ? 'clean' : verdict;
  const sizeBytes = Buffer.byteLength(content);
  const draft = fimAlert({
    change: 'added',
    mode,
    file: {
      agent,
      path,
      content: { product, serial: 1, sizeBytes, hashes, standing },
      permissions: product.permissions,
      modifiedMs: atMs - 200,
      inode: agent.isWindows ? 0 : Number.parseInt(hashes.md5.slice(0, 6), 16),
    },
  });
  const known: KnownFile = {
    hashes,
    sizeBytes,
    name: path.slice(Math.max(path.lastIndexOf('/'), path.lastIndexOf('\\')) + 1),
    kind: product.kind,
    positives: verdict === 'malicious' ? 41 : 0,
    suspicious: verdict === 'suspicious' ? 2 : 0,
    threat: verdict === 'malicious' ? { family: 'Agent', category: 'trojan' } : null,
    firstSubmittedMs: atMs - 86_400_000,
    pendingForMs: verdict === 'pending' ? PENDING_MS : 0,
  };
  return { draft, known: verdict === 'unknown' ? null : known, hashes };
}

function productOf(path: string, agent: LabAgent): Product {
  return {
    key: 'wished',
    path,
    kind: kindOf(path),
    habit: 'dropped',
    roles: [],
    owner: agent.isWindows ? 'administrators' : 'root',
    permissions: 'rw-r--r--',
    sizeBytes: [0, 0],
    standing: {},
  };
}

const KINDS: Readonly<Record<string, FileKind>> = {
  exe: 'windows-program',
  dll: 'windows-library',
  so: 'elf',
  sh: 'shell-script',
  py: 'python',
  php: 'php',
  js: 'javascript',
  docx: 'document',
  pdf: 'pdf',
  zip: 'archive',
};

function kindOf(path: string): FileKind {
  return KINDS[path.slice(path.lastIndexOf('.') + 1).toLowerCase()] ?? 'text';
}
