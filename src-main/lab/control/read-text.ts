import type { IncomingMessage } from 'node:http';

/** The body of a request as UTF-8. Errors: `RangeError` when it is larger than allowed. */
export async function readText(request: IncomingMessage, largestBytes: number): Promise<string> {
  const chunks: Buffer[] = [];
  let size = 0;
  request.on('data', (chunk: Buffer) => {
    size += chunk.length;
    if (size > largestBytes)
      request.destroy(new RangeError(`The body is larger than ${largestBytes} bytes.`));
    else chunks.push(chunk);
  });
  await new Promise<void>((resolve, reject) => {
    request.once('end', resolve);
    request.once('error', reject);
  });
  return Buffer.concat(chunks).toString('utf8');
}
