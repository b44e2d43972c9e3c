import { randomBytes } from 'node:crypto';
import { readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';
import { isProof, proveAnswer, proveQuestion } from './address-proof.ts';
import type { BrowserFace } from './serve.ts';

/**
 * What a run leaves in its data folder (`browser-face.json`, readable by its user only): where it can be asked for a
 * fresh address, and which port to take next time. The same port keeps what a browser remembers for this address, and
 * an SSH forwarding stays right.
 */
const note = z.object({ port: z.number().int().min(1).max(65_535), key: z.string().nullable() });
type Note = z.infer<typeof note>;

const noteFile = (dataFolder: string): string => join(dataFolder, 'browser-face.json');

export function announceFace(dataFolder: string, face: BrowserFace): void {
  write(dataFolder, { port: face.port, key: face.addressKey });
}

/** The port stays for the next time; the key ends with the run. */
export function withdrawFace(dataFolder: string, face: BrowserFace): void {
  write(dataFolder, { port: face.port, key: null });
}

export function lastPort(dataFolder: string): number | null {
  return read(dataFolder)?.port ?? null;
}

const answer = z.object({ address: z.string().max(500), proof: z.string() });

/**
 * A fresh address of the face that runs on this data folder already; null when none answers, or another program.
 * `exposed`: one for a command line (`newExposedAddress`).
 */
export async function askRunningFace(
  dataFolder: string,
  kind: 'printed' | 'exposed' = 'printed',
): Promise<string | null> {
  const found = read(dataFolder);
  if (found === null || found.key === null) return null;
  const nonce = randomBytes(16).toString('base64url');
  try {
    const response = await fetch(
      `http://127.0.0.1:${found.port}/address${kind === 'exposed' ? '?exposed' : ''}`,
      {
        method: 'POST',
        headers: { Authorization: `Verdict-Desk ${nonce} ${proveQuestion(found.key, nonce)}` },
        signal: AbortSignal.timeout(2000),
        redirect: 'error',
      },
    );
    if (!response.ok) return null;
    const { address, proof } = answer.parse(await response.json());
    return isProof(proof, proveAnswer(found.key, nonce, address)) ? address : null;
  } catch {
    return null; // Killed without a word, or another program has the port now.
  }
}

function read(dataFolder: string): Note | null {
  try {
    return note.parse(JSON.parse(readFileSync(noteFile(dataFolder), 'utf8')));
  } catch {
    return null;
  }
}

/** A comfort only: a folder that is read-only or gone by now must not stop a start or an end. */
function write(dataFolder: string, content: Note): void {
  try {
    rmSync(noteFile(dataFolder), { force: true }); // A mode is given to new files only.
    writeFileSync(noteFile(dataFolder), JSON.stringify(content), { mode: 0o600 });
  } catch {
    return;
  }
}
