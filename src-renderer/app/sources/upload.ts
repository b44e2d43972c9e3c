import type { ContractClient } from '../../../src-shared/ipc/index.ts';

/** 1 MiB before base64: what the contract takes in one piece. */
export const PIECE_BYTES = 1024 * 1024;

/**
 * Sends a file piece by piece, each after the one before was taken, so that the core sets the pace. Ends early and
 * quietly when `isCancelled` says so. Rejects with a DomainError when a piece was refused.
 */
export async function sendInPieces(
  client: ContractClient,
  importId: string,
  file: Blob,
  isCancelled: () => boolean,
): Promise<void> {
  for (let from = 0; from < file.size; from += PIECE_BYTES) {
    if (isCancelled()) return;
    const base64 = await toBase64(file.slice(from, from + PIECE_BYTES));
    if (isCancelled()) return;
    await client.sources.appendUpload({ importId, base64 });
  }
  if (!isCancelled()) await client.sources.endUpload({ importId });
}

/** Through the browser's own encoder, which works in native code whatever the browser's age. */
async function toBase64(piece: Blob): Promise<string> {
  const { promise, resolve, reject } = Promise.withResolvers<string>();
  const reader = new FileReader();
  reader.addEventListener('load', () => {
    const url = typeof reader.result === 'string' ? reader.result : '';
    resolve(url.slice(url.indexOf(',') + 1));
  });
  reader.addEventListener('error', () => reject(reader.error ?? new Error('The file could not be read.')));
  reader.readAsDataURL(piece);
  return await promise;
}
