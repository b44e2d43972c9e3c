import { createHash, randomBytes, randomInt } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import ssh2 from 'ssh2';
import { z } from 'zod';

/** A key that the lab made: OpenSSH's private form on disk, the public one as SSH sends it. */
export interface LabKey {
  /** Of the private key, readable by its user only. */
  readonly path: string;
  readonly privateKey: string;
  /** `ssh-ed25519`. */
  readonly keyType: string;
  /** Base64. */
  readonly publicKey: string;
  /** `SHA256:` and unpadded base64. */
  readonly fingerprint: string;
}

/** What opens a lab: made at random for each one, of use on this machine's loopback only. */
export interface LabCredentials {
  readonly hostKey: LabKey;
  readonly clientKey: LabKey;
  readonly password: string;
  /** The second factor's six digits; they never change. */
  readonly code: string;
}

const accessSchema = z.object({ password: z.string().min(8), code: z.string().regex(/^\d{6}$/) });

/** Reads what a lab's folder holds (`ssh/`, mode 0700), making what is missing. */
export function openLabCredentials(labFolder: string): LabCredentials {
  const folder = join(labFolder, 'ssh');
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  return {
    hostKey: openKey(join(folder, 'host_ed25519')),
    clientKey: openKey(join(folder, 'verdict_ed25519')),
    ...openAccess(join(folder, 'access.json')),
  };
}

/** The machine was "reinstalled": another key at the same place. */
export function replaceKey(path: string): LabKey {
  writePrivately(path, makeReadableKey());
  return readKey(path);
}

/** ssh2 damages the one key in 256 whose public half begins with a zero (`keygen.js`, "Remove leading zero bytes"). */
export function makeReadableKey(): string {
  for (;;) {
    const { private: made } = ssh2.utils.generateKeyPairSync('ed25519', { comment: 'lab' });
    if (!(ssh2.utils.parseKey(made) instanceof Error)) return made;
  }
}

function openKey(path: string): LabKey {
  return existsSync(path) ? readKey(path) : replaceKey(path);
}

function readKey(path: string): LabKey {
  return keyFrom(path, readFileSync(path, 'utf8'));
}

/** `path`: where the private key is kept. */
export function keyFrom(path: string, privateKey: string): LabKey {
  const parsed = ssh2.utils.parseKey(privateKey);
  if (parsed instanceof Error) throw parsed;
  const bytes = parsed.getPublicSSH();
  const digest = createHash('sha256').update(bytes).digest('base64').replace(/=+$/, '');
  return {
    path,
    privateKey,
    keyType: parsed.type,
    publicKey: bytes.toString('base64'),
    fingerprint: `SHA256:${digest}`,
  };
}

function openAccess(path: string): z.infer<typeof accessSchema> {
  if (!existsSync(path)) {
    const made = {
      password: randomBytes(12).toString('base64url'),
      code: String(randomInt(1_000_000)).padStart(6, '0'),
    };
    writePrivately(path, JSON.stringify(made));
  }
  return accessSchema.parse(JSON.parse(readFileSync(path, 'utf8')));
}

function writePrivately(path: string, text: string): void {
  writeFileSync(`${path}.new`, text, { mode: 0o600 });
  renameSync(`${path}.new`, path);
}
