import { createHash } from 'node:crypto';
import { describe, expect, test } from 'vitest';
import { HASH_LIMIT_BYTES, hashFile } from '../../../../src-renderer/detections/hash-file.ts';

describe('a file hashed in the window', () => {
  test('has the digest that any other tool gives it', async () => {
    const bytes = Buffer.from('X5O!P%@AP — not quite');
    const sha256 = createHash('sha256').update(bytes).digest('hex');
    expect(await hashFile(new Blob([bytes]))).toEqual({ kind: 'hashed', sha256 });
  });

  test('is not asked about when it is empty', async () => {
    expect(await hashFile(new Blob([]))).toEqual({ kind: 'empty' });
  });

  test('is not read when it is larger than memory should hold', async () => {
    class Huge extends Blob {
      override get size(): number {
        return HASH_LIMIT_BYTES + 1;
      }
    }
    expect(await hashFile(new Huge([]))).toEqual({ kind: 'too-large' });
  });

  test('says so when it cannot be read', async () => {
    class Folder extends Blob {
      override get size(): number {
        return 4096;
      }
      override arrayBuffer(): Promise<ArrayBuffer> {
        return Promise.reject(new Error('NotReadableError'));
      }
    }
    expect(await hashFile(new Folder([]))).toEqual({ kind: 'unreadable' });
  });
});
