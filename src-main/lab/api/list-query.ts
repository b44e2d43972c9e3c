import { problems } from './api-reply.ts';

type Item = Readonly<Record<string, unknown>>;

export interface Listed {
  readonly items: readonly Item[];
  /** Before paging. */
  readonly total: number;
}

/** `q`, `search`, `sort`, `select`, `offset`, `limit` as all lists of the API take them (wazuh.md 7.4). */
export function queryList(items: readonly Item[], query: URLSearchParams, fields: readonly string[]): Listed {
  const found = searched(filtered(items, query.get('q'), fields), query.get('search'));
  const ordered = sorted(found, query.get('sort'), fields);
  const offset = wholeNumber(query.get('offset'), 0, { least: 0, most: Number.MAX_SAFE_INTEGER });
  const limit = wholeNumber(query.get('limit'), 500, { least: 1, most: 100_000 });
  const page = ordered.slice(offset, offset + limit);
  return { items: page.map((item) => selected(item, query.get('select'), fields)), total: found.length };
}

const CONDITION = /^([\w.]+)(!=|=|<|>|~)(.*)$/;

/** `;` is and, `,` is or, and binds less. Groups in parentheses are not understood here. */
function filtered(items: readonly Item[], q: string | null, fields: readonly string[]): readonly Item[] {
  if (q === null) return items;
  const ways = q.split(',').map((way) =>
    way.split(';').map((text) => {
      const [, field, operator, value] = CONDITION.exec(text.trim()) ?? [];
      if (field === undefined || operator === undefined || value === undefined) {
        throw problems.wazuh(1407, `Parameter q is not valid: ${text}`);
      }
      if (!fields.includes(field)) throw problems.wazuh(1408, `Field ${field} is not valid.`);
      return (item: Item) => matches(fieldOf(item, field), operator, value);
    }),
  );
  return items.filter((item) => ways.some((conditions) => conditions.every((holds) => holds(item))));
}

function matches(found: unknown, operator: string, value: string): boolean {
  const texts = (Array.isArray(found) ? found : [found]).map((each) =>
    each === undefined ? '' : String(each),
  );
  if (operator === '!=') return !texts.includes(value);
  return texts.some((text) => {
    if (operator === '=') return text === value;
    if (operator === '~') return text.toLowerCase().includes(value.toLowerCase());
    return operator === '<' ? text < value : text > value;
  });
}

function searched(items: readonly Item[], search: string | null): readonly Item[] {
  if (search === null || search === '') return items;
  const negates = search.startsWith('-');
  const text = (negates ? search.slice(1) : search).toLowerCase();
  return items.filter((item) => JSON.stringify(item).toLowerCase().includes(text) !== negates);
}

function sorted(items: readonly Item[], sort: string | null, fields: readonly string[]): readonly Item[] {
  if (sort === null) return items;
  const keys = sort
    .split(',')
    .map((key) => ({ field: key.replace(/^[+-]/, ''), sign: key.startsWith('-') ? -1 : 1 }));
  const unknown = keys.find(({ field }) => !fields.includes(field));
  if (unknown) throw problems.wazuh(1403, `Not a valid sort field: ${unknown.field}`);
  return items.toSorted((a, b) => {
    for (const { field, sign } of keys) {
      const order = textOf(fieldOf(a, field)).localeCompare(textOf(fieldOf(b, field)));
      if (order !== 0) return order * sign;
    }
    return 0;
  });
}

function selected(item: Item, select: string | null, fields: readonly string[]): Item {
  if (select === null) return item;
  const wanted = select.split(',');
  const unknown = wanted.find((field) => !fields.includes(field));
  if (unknown !== undefined) throw problems.wazuh(1724, `Not a valid select field: ${unknown}`);
  const kept: Record<string, unknown> = { id: item['id'] };
  for (const field of wanted) {
    const value = fieldOf(item, field);
    if (value === undefined) continue;
    const [parent = field, child] = field.split('.');
    kept[parent] = child === undefined ? value : { ...toObject(kept[parent]), [child]: value };
  }
  return kept;
}

function fieldOf(item: Item, field: string): unknown {
  const [parent = field, child] = field.split('.');
  return child === undefined ? item[parent] : toObject(item[parent])[child];
}

function toObject(value: unknown): Item {
  return typeof value === 'object' && value !== null ? { ...value } : {};
}

function wholeNumber(text: string | null, otherwise: number, range: { least: number; most: number }): number {
  if (text === null) return otherwise;
  const number = Number(text);
  if (!Number.isInteger(number) || number < range.least || number > range.most) {
    throw problems.badRequest(`${text} is not valid under the given schema.`);
  }
  return number;
}

function textOf(value: unknown): string {
  return typeof value === 'string' || typeof value === 'number' ? String(value) : '';
}
