import { createCipheriv, createDecipheriv, randomBytes, scrypt, timingSafeEqual } from 'node:crypto';
import { promisify } from 'node:util';
import { z } from 'zod';
import { vaultDamaged, wrongPassphrase } from './secret-errors.ts';

/**
 * The vault: a JSON file with secrets under a passphrase. scrypt makes 64 bytes of the passphrase and a random salt: 32
 * encrypt with AES-256-GCM (the settings of scrypt are authenticated with the content), 32 tell a wrong passphrase from
 * an altered file.
 */
export const COST = { N: 2 ** 17, r: 8, p: 1 } as const;
const SALT_BYTES = 32;
const NONCE_BYTES = 12;
const TAG_BYTES = 16;
const MAX_VAULT_CHARACTERS = 1024 * 1024;

const base64 = z.base64().max(MAX_VAULT_CHARACTERS);
const vaultSchema = z.object({
  version: z.literal(1),
  kdf: z.object({
    name: z.literal('scrypt'),
    // Bounded on reading: a planted file must not be able to demand gigabytes (scrypt takes 128 N r bytes).
    N: z
      .number()
      .int()
      .min(2 ** 14)
      .max(2 ** 18)
      .refine((value) => Number.isInteger(Math.log2(value))),
    r: z.number().int().min(1).max(8),
    p: z.number().int().min(1).max(4),
    salt: base64,
  }),
  check: base64,
  cipher: z.literal('aes-256-gcm'),
  nonce: base64,
  tag: base64,
  content: base64,
});
type VaultFile = z.infer<typeof vaultSchema>;

/** What a passphrase opens, kept while the vault is open so that changes need no passphrase. */
export interface VaultKey {
  readonly kdf: VaultFile['kdf'];
  readonly encryption: Buffer;
  readonly check: Buffer;
}

const deriveBytes = promisify<string, Buffer, number, object, Buffer>(scrypt);

export async function makeVaultKey(passphrase: string): Promise<VaultKey> {
  return deriveKey(passphrase, {
    name: 'scrypt',
    ...COST,
    salt: randomBytes(SALT_BYTES).toString('base64'),
  });
}

/** The text of a vault file that holds these secrets; a fresh nonce each time. */
export function sealVault(
  { kdf, encryption, check }: VaultKey,
  secrets: ReadonlyMap<string, string>,
): string {
  const nonce = randomBytes(NONCE_BYTES);
  const cipher = createCipheriv('aes-256-gcm', encryption, nonce);
  cipher.setAAD(header(kdf));
  const content = Buffer.concat([cipher.update(JSON.stringify([...secrets]), 'utf8'), cipher.final()]);
  const file: VaultFile = {
    version: 1,
    kdf,
    check: check.toString('base64'),
    cipher: 'aes-256-gcm',
    nonce: nonce.toString('base64'),
    tag: cipher.getAuthTag().toString('base64'),
    content: content.toString('base64'),
  };
  return `${JSON.stringify(file, null, 2)}\n`;
}

/** Errors: `secrets.wrong-passphrase`, `secrets.vault-damaged`. */
export async function openVault(
  text: string,
  passphrase: string,
): Promise<{ readonly key: VaultKey; readonly secrets: Map<string, string> }> {
  const file = parseVault(text);
  const key = await deriveKey(passphrase, file.kdf);
  const check = Buffer.from(file.check, 'base64');
  if (check.length !== key.check.length || !timingSafeEqual(check, key.check)) throw wrongPassphrase();
  return { key, secrets: decrypt(file, key) };
}

function parseVault(text: string): VaultFile {
  try {
    return vaultSchema.parse(JSON.parse(text.slice(0, MAX_VAULT_CHARACTERS)));
  } catch {
    throw vaultDamaged();
  }
}

const contentSchema = z.array(z.tuple([z.string(), z.string()]));

function decrypt(file: VaultFile, key: VaultKey): Map<string, string> {
  try {
    const tag = Buffer.from(file.tag, 'base64');
    const decipher = createDecipheriv('aes-256-gcm', key.encryption, Buffer.from(file.nonce, 'base64'), {
      authTagLength: TAG_BYTES,
    });
    decipher.setAAD(header(file.kdf));
    decipher.setAuthTag(tag);
    const plain = Buffer.concat([decipher.update(Buffer.from(file.content, 'base64')), decipher.final()]);
    return new Map(contentSchema.parse(JSON.parse(plain.toString('utf8'))));
  } catch {
    throw vaultDamaged();
  }
}

/** Runs in the thread pool: a third of a second and 128 MiB at today's cost. */
async function deriveKey(passphrase: string, kdf: VaultFile['kdf']): Promise<VaultKey> {
  const { N, r, p } = kdf;
  const salt = Buffer.from(kdf.salt, 'base64');
  // The same passphrase typed on another keyboard may be composed of other code points.
  const bytes = await deriveBytes(passphrase.normalize('NFKC'), salt, 64, { N, r, p, maxmem: 256 * N * r });
  return { kdf, encryption: bytes.subarray(0, 32), check: bytes.subarray(32) };
}

function header({ name, N, r, p, salt }: VaultFile['kdf']): Buffer {
  return Buffer.from(`verdict-desk vault 1 ${name} ${N} ${r} ${p} ${salt}`);
}
