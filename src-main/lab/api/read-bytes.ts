import type { IncomingMessage } from 'node:http';

/** The body of a request; null when it is larger than allowed (the rest is read and dropped). */
export async function readBytes(request: IncomingMessage, largestBytes: number): Promise<Buffer | null> {
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of request as AsyncIterable<Buffer>) {
    size += chunk.length;
    if (size <= largestBytes) chunks.push(chunk);
  }
  return size <= largestBytes ? Buffer.concat(chunks) : null;
}
