import type { MessagePort } from 'node:worker_threads';
import type { Cipher } from '../secrets/cipher.ts';
import { DomainError } from '../../src-shared/errors/domain-error.ts';

/**
 * Electron's safeStorage lives in its main thread, the core in a worker: these two ends carry the port between them.
 * Texts cross inside the process only.
 */
export interface CipherFacts {
  readonly backendName: string;
  readonly isClearText: boolean;
}
type Request =
  | { readonly id: number; readonly encrypt: string }
  | { readonly id: number; readonly decrypt: Uint8Array };
type Answer =
  | { readonly id: number; readonly value: string | Uint8Array }
  | { readonly id: number; readonly failed: true };

/** The end beside the real cipher. */
export function serveCipher(port: MessagePort, cipher: Cipher): void {
  port.on('message', (request: Request) => {
    const work = 'encrypt' in request ? cipher.encrypt(request.encrypt) : cipher.decrypt(request.decrypt);
    work.then(
      (value) => port.postMessage({ id: request.id, value } satisfies Answer),
      () => port.postMessage({ id: request.id, failed: true } satisfies Answer),
    );
  });
  port.unref();
}

/** The end in the core. */
export function remoteCipher(port: MessagePort, facts: CipherFacts): Cipher {
  const waiting = new Map<number, (answer: Answer) => void>();
  let nextId = 1;
  port.on('message', (answer: Answer) => {
    waiting.get(answer.id)?.(answer);
    waiting.delete(answer.id);
  });
  port.unref();
  const ask = async (request: { readonly encrypt: string } | { readonly decrypt: Uint8Array }) => {
    const id = nextId++;
    const answer = await new Promise<Answer>((resolve) => {
      waiting.set(id, resolve);
      port.postMessage({ id, ...request } satisfies Request);
    });
    if ('failed' in answer) throw cipherFailed(facts);
    return answer.value;
  };
  return {
    ...facts,
    encrypt: async (text) => {
      const value = await ask({ encrypt: text });
      return typeof value === 'string' ? Buffer.from(value) : value;
    },
    decrypt: async (bytes) => {
      const value = await ask({ decrypt: bytes });
      return typeof value === 'string' ? value : Buffer.from(value).toString();
    },
  };
}

function cipherFailed(facts: CipherFacts): DomainError {
  return new DomainError(
    'secrets.unavailable',
    `The system's key store (${facts.backendName}) did not answer.`,
    'Unlock the key ring of your desktop session and try again, or enter the key anew.',
  );
}
