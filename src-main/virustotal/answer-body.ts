import { promisify } from 'node:util';
import { brotliDecompress, gunzip, inflate, inflateRaw } from 'node:zlib';
import { MAX_BODY_BYTES, type HttpAnswer } from './http-get.ts';

/** A body as JSON, or in plain words why it is none. */
export type ParsedBody = { readonly json: unknown } | { readonly problem: string };

/** Unpacks, checks and parses. Never rejects: whatever stands between us and VirusTotal may answer anything. */
export async function parseJsonBody({ headers, body }: HttpAnswer): Promise<ParsedBody> {
  const type = headerText(headers, 'content-type').toLowerCase();
  if (type !== '' && !/^application\/(?:[\w.+-]+\+)?json\b/.test(type)) {
    const form = type.startsWith('text/html') ? 'a web page' : 'something else';
    return { problem: `Something between here and VirusTotal answered with ${form} instead of JSON.` };
  }
  try {
    const text = (await unpack(body, headerText(headers, 'content-encoding'))).toString('utf8');
    return { json: JSON.parse(text) as unknown };
  } catch (error) {
    return { problem: describe(error) };
  }
}

const unpackers: Readonly<Record<string, (body: Buffer) => Promise<Buffer>>> = {
  identity: (body) => Promise.resolve(body),
  gzip: (body) => promisify(gunzip)(body, { maxOutputLength: MAX_BODY_BYTES }),
  'x-gzip': (body) => promisify(gunzip)(body, { maxOutputLength: MAX_BODY_BYTES }),
  deflate: unpackDeflate,
  br: (body) => promisify(brotliDecompress)(body, { maxOutputLength: MAX_BODY_BYTES }),
};

async function unpack(body: Buffer, encoding: string): Promise<Buffer> {
  const unpacker = unpackers[encoding.trim().toLowerCase() || 'identity'];
  if (!unpacker) throw new UnknownEncoding();
  return unpacker(body);
}

class UnknownEncoding extends Error {}

/** "deflate" is zlib by the standard and raw deflate by habit: the first byte tells. */
function unpackDeflate(body: Buffer): Promise<Buffer> {
  const isZlib = ((body[0] ?? 0) & 0x0f) === 8 && body.length > 1 && body.readUInt16BE(0) % 31 === 0;
  return promisify(isZlib ? inflate : inflateRaw)(body, { maxOutputLength: MAX_BODY_BYTES });
}

function describe(error: unknown): string {
  if (error instanceof UnknownEncoding) return 'The answer is packed in a way that was not asked for.';
  if (error instanceof SyntaxError) return 'The answer is broken JSON: it was cut or altered on its way.';
  const code = error instanceof Error && 'code' in error ? error.code : null;
  if (code === 'ERR_BUFFER_TOO_LARGE') return 'The answer is larger than any report.';
  return 'The answer could not be unpacked: it was cut or altered on its way.';
}

/** One header as text; empty when absent. */
export function headerText(headers: HttpAnswer['headers'], name: string): string {
  const value = headers[name];
  return (Array.isArray(value) ? value[0] : value) ?? '';
}
