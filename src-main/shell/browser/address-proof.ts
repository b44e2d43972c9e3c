import { createHmac, timingSafeEqual } from 'node:crypto';

/**
 * How two runs of one user trust each other: both can read the key in their data folder, neither sends it. After a run
 * was killed, another program may listen on its port; it learns nothing from the question and cannot prove an answer.
 */
export function proveQuestion(key: string, nonce: string): string {
  return proofOf(key, 'question', nonce);
}

export function proveAnswer(key: string, nonce: string, address: string): string {
  return proofOf(key, 'answer', nonce, address);
}

export function isProof(given: string, expected: string): boolean {
  const [a, b] = [Buffer.from(given), Buffer.from(expected)];
  return a.length === b.length && timingSafeEqual(a, b);
}

function proofOf(key: string, ...words: readonly string[]): string {
  return createHmac('sha256', key).update(words.join('\n')).digest('base64url');
}
