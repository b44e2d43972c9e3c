import { readFile } from 'node:fs/promises';
import { expandHome } from './private-key.ts';

/** The public key beside a private one (`KEY.pub`), base64; null when there is none. It only decides about an order. */
export async function readPublicHalf(keyPath: string, home: string | undefined): Promise<string | null> {
  try {
    const text = await readFile(`${expandHome(keyPath, home)}.pub`, 'utf8');
    return text.split(' ')[1] ?? null;
  } catch {
    return null;
  }
}
