import { createSecretKey } from 'node:crypto';
import type { Client } from 'ssh2';

/** Where ssh2 1.17 keeps the keys that it uses anew for each packet (`lib/protocol/crypto.js`). */
const KEYS_OF_PACKETS = [
  ['_decipher', '_decipherKey'],
  ['_decipher', '_macKey'],
  ['_cipher', '_encKey'],
  ['_cipher', '_macKey'],
] as const;

/**
 * Gives ssh2 the keys of a connection as key objects, at each change of keys.
 *
 * ssh2 makes a cipher or a hash for every packet out of a key's bytes. Node 24 finds out that bytes are no key object by
 * throwing and catching two errors with their stacks, a third of all the time that a packet takes. ssh2 has no option
 * for it, so this sets fields of its own; its code does nothing with them but hand them to `node:crypto`. Where they are
 * not as expected nothing is touched, and all goes on as slowly as before.
 */
export function useKeyObjects(client: Client): void {
  client.on('handshake', () => {
    const protocol = valueOf(client, '_protocol');
    for (const [part, field] of KEYS_OF_PACKETS) wrapKey(valueOf(protocol, part), field);
  });
}

function wrapKey(holder: unknown, field: string): void {
  const key = valueOf(holder, field);
  if (isObject(holder) && Buffer.isBuffer(key)) Reflect.set(holder, field, createSecretKey(key));
}

function valueOf(holder: unknown, field: string): unknown {
  return isObject(holder) ? Reflect.get(holder, field) : undefined;
}

function isObject(value: unknown): value is object {
  return typeof value === 'object' && value !== null;
}
