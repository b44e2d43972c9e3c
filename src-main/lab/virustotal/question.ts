import type { IncomingMessage } from 'node:http';
import { readText } from '../control/read-text.ts';

/** What a client asks, read from method, path, headers and body. */
export type Question =
  | { readonly kind: 'file'; readonly api: 'v3' | 'v2'; readonly id: string; readonly key: string | null }
  | { readonly kind: 'quota'; readonly user: string; readonly key: string | null }
  | { readonly kind: 'other'; readonly path: string; readonly key: string | null };

const FILE_V3 = /^\/api\/v3\/files\/([^/]+)$/;
const QUOTAS_V3 = /^\/api\/v3\/users\/([^/]+)\/overall_quotas$/;
const REPORT_V2 = '/vtapi/v2/file/report';
const LARGEST_FORM = 8_192;

/** v3 carries the key in `x-apikey`; v2 as `apikey` in the query (GET) or the form (POST). */
export async function readQuestion(request: IncomingMessage): Promise<Question> {
  const { pathname, searchParams } = new URL(request.url ?? '/', 'http://lab');
  const header = request.headers['x-apikey'];
  const key = typeof header === 'string' && header !== '' ? header : null;
  const file = request.method === 'GET' ? FILE_V3.exec(pathname)?.[1] : undefined;
  if (file) return { kind: 'file', api: 'v3', id: decode(file), key };
  const user = request.method === 'GET' ? QUOTAS_V3.exec(pathname)?.[1] : undefined;
  if (user) return { kind: 'quota', user: decode(user), key };
  if (pathname === REPORT_V2 && (request.method === 'GET' || request.method === 'POST')) {
    const fields =
      request.method === 'GET' ? searchParams : new URLSearchParams(await readText(request, LARGEST_FORM));
    return { kind: 'file', api: 'v2', id: fields.get('resource') ?? '', key: fields.get('apikey') };
  }
  return { kind: 'other', path: pathname, key };
}

function decode(part: string): string {
  try {
    return decodeURIComponent(part);
  } catch {
    return part;
  }
}
