import {
  countAt,
  isObject,
  objectAt,
  parseJson,
  textAt,
  type JsonObject,
} from '../../../src-shared/formats/json-values.ts';
import { visibleText } from '../../../src-shared/formats/visible-text.ts';
import type { HttpReply } from './http-exchange.ts';
import type { ApiAnswer, ApiFailedItem } from './wazuh-api.ts';

/** A reply by its form; `unreadable` says in words why it is none of the API's. */
export type ReadReply =
  | { readonly json: JsonObject }
  | { readonly text: string }
  | { readonly unreadable: string };

export function readReply({ contentType, body }: HttpReply): ReadReply {
  if (contentType === 'text/html') return { unreadable: 'it is a web page.' };
  const text = body.toString('utf8');
  const isJson = /^application\/(?:[\w.+-]+\+)?json$/.test(contentType);
  if (!isJson && contentType !== '') return { text };
  const parsed = parseJson(text);
  if (parsed && isObject(parsed.value)) return { json: parsed.value };
  if (parsed) return { unreadable: 'it is JSON of another form.' };
  return isJson ? { unreadable: 'its JSON is broken: it was cut or altered on its way.' } : { text };
}

/** The envelope of both generations: `data.affected_items` (4.x), `data.items` or `data` itself as a list (3.x). */
export function readEnvelope(status: number, json: JsonObject): ApiAnswer {
  const data = json['data'] ?? null;
  const fields = isObject(data) ? data : {};
  const items = listAt(fields, 'affected_items') ?? listAt(fields, 'items') ?? listAt(json, 'data') ?? [];
  return {
    status,
    items,
    total: countAt(fields, 'total_affected_items') ?? countAt(fields, 'totalItems') ?? items.length,
    failed: [...(listAt(fields, 'failed_items') ?? []), ...(listAt(fields, 'failed_ids') ?? [])].map((item) =>
      readFailedItem(isObject(item) ? item : {}),
    ),
    data,
    message: words(textAt(json, 'message')),
    text: null,
  };
}

/** `{"error": {"code": 1701, "message": "…", "remediation": "…"}, "id": ["005"]}`; 3.x: one id as text. */
function readFailedItem(item: JsonObject): ApiFailedItem {
  const error = objectAt(item, 'error');
  const id = item['id'];
  const ids = Array.isArray(id) ? id : [id];
  return {
    code: countAt(error, 'code') ?? 0,
    message: words(textAt(error, 'message')) ?? 'No reason was given.',
    remediation: remedyIn(error),
    ids: ids
      .filter((each) => typeof each === 'string' || typeof each === 'number')
      .map((each) => visibleText(String(each)).slice(0, 64)),
  };
}

const LONGEST_WORDS = 2000;

/** The API's own words for the eye: one line, bounded. */
export function words(text: string | null): string | null {
  if (text === null) return null;
  const line = visibleText(text.replaceAll(/\s+/g, ' ').trim());
  return line === '' ? null : line.slice(0, LONGEST_WORDS);
}

/** What the API advises. Wazuh begins nearly all of it with the same word. */
export function remedyIn(error: JsonObject): string | null {
  const said = words(textAt(error, 'remediation'))?.replace(/^Please,?\s+/i, '') ?? null;
  return said === null ? null : said.charAt(0).toUpperCase() + said.slice(1);
}

function listAt(parent: JsonObject, name: string): readonly unknown[] | null {
  const value = parent[name];
  return Array.isArray(value) ? value : null;
}
