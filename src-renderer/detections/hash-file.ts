/**
 * The window hashes a chosen file itself, so that nothing but the digest leaves it. Web Crypto cannot digest piece by
 * piece: the whole file is in memory meanwhile, hence the limit.
 */
export const HASH_LIMIT_BYTES = 256 * 1024 * 1024;

export type HashedFile =
  | { readonly kind: 'hashed'; readonly sha256: string }
  | { readonly kind: 'too-large' }
  | { readonly kind: 'empty' }
  | { readonly kind: 'unreadable' };

export async function hashFile(file: Blob): Promise<HashedFile> {
  if (file.size > HASH_LIMIT_BYTES) return { kind: 'too-large' };
  if (file.size === 0) return { kind: 'empty' };
  try {
    const digest = await crypto.subtle.digest('SHA-256', await file.arrayBuffer());
    return { kind: 'hashed', sha256: toHex(new Uint8Array(digest)) };
  } catch {
    // A folder, a file that went away, or one that this user may not read.
    return { kind: 'unreadable' };
  }
}

function toHex(bytes: Uint8Array): string {
  return Array.from(bytes, (byte) => byte.toString(16).padStart(2, '0')).join('');
}
