import type { IncomingMessage, ServerResponse } from 'node:http';
import { gzipSync } from 'node:zlib';

/** An answer before it is put on the wire. `body` null sends none (v2's 204 and 403). */
export interface Answer {
  readonly status: number;
  readonly body: object | null;
  readonly headers?: Readonly<Record<string, string>>;
}

/** JSON the way VirusTotal writes it (four spaces), compressed when the client accepts it. */
export function send(request: IncomingMessage, response: ServerResponse, answer: Answer): void {
  const plain = Buffer.from(answer.body === null ? '' : JSON.stringify(answer.body, null, 4));
  sendBytes(request, response, answer, plain);
}

/** Half an answer, then nothing: a cut line. */
export function sendAndCut(response: ServerResponse, answer: Answer): void {
  const plain = Buffer.from(JSON.stringify(answer.body, null, 4));
  response.writeHead(answer.status, {
    'content-type': 'application/json; charset=utf-8',
    'content-length': plain.length,
  });
  response.write(plain.subarray(0, plain.length >> 1), () => response.destroy());
}

/** JSON that ends too early although its length is right. */
export function sendBrokenJson(request: IncomingMessage, response: ServerResponse, answer: Answer): void {
  const plain = Buffer.from(JSON.stringify(answer.body, null, 4));
  sendBytes(request, response, answer, plain.subarray(0, plain.length >> 1));
}

/** What a proxy between client and service shows. */
export function sendProxyPage(response: ServerResponse, status: number): void {
  const page =
    '<!DOCTYPE html>\n<html><head><title>Web filter</title></head>\n' +
    '<body><h1>Access to this site is restricted</h1><p>Contact your administrator.</p></body></html>\n';
  response.writeHead(status, { 'content-type': 'text/html; charset=utf-8', 'content-length': page.length });
  response.end(page);
}

function sendBytes(
  request: IncomingMessage,
  response: ServerResponse,
  { status, body, headers }: Answer,
  plain: Buffer,
): void {
  const isCompressed = body !== null && /\bgzip\b/.test(request.headers['accept-encoding'] ?? '');
  const bytes = isCompressed ? gzipSync(plain) : plain;
  response.writeHead(status, {
    ...headers,
    ...(body === null ? {} : { 'content-type': 'application/json; charset=utf-8' }),
    ...(isCompressed ? { 'content-encoding': 'gzip' } : {}),
    ...(status === 204 ? {} : { 'content-length': bytes.length }),
  });
  response.end(bytes);
}
