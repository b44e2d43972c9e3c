import { expect, test } from 'vitest';
import { listPages } from '../../../../src-main/manager/api/list-pages.ts';
import type { ApiAnswer, ApiRequest } from '../../../../src-main/manager/api/wazuh-api.ts';

/** A list that may change between two pages. */
function listOf(pages: (offset: number, limit: number) => { items: readonly unknown[]; total: number }) {
  const asked: ApiRequest[] = [];
  const ask = (request: ApiRequest): Promise<ApiAnswer> => {
    asked.push(request);
    const { offset, limit } = request.query ?? {};
    const page = pages(Number(offset), Number(limit));
    return Promise.resolve({ ...page, status: 200, failed: [], data: null, message: null, text: null });
  };
  return { asked, ask };
}

const ALL = Array.from({ length: 1234 }, (_, index) => index);

test('a list is read page by page until its total is reached', async () => {
  const { ask, asked } = listOf((offset, limit) => ({
    items: ALL.slice(offset, offset + limit),
    total: ALL.length,
  }));

  expect(await listPages(ask, '/agents', { pageSize: 500, query: { sort: '+id' } })).toEqual(ALL);

  expect(asked.map(({ query }) => query)).toEqual([
    { sort: '+id', offset: 0, limit: 500 },
    { sort: '+id', offset: 500, limit: 500 },
    { sort: '+id', offset: 1000, limit: 500 },
  ]);
});

test('a list of endless small pages is given up: the requests are for everybody', async () => {
  const { ask, asked } = listOf((offset) => ({ items: [offset], total: 1_000_000_000 }));

  expect((await listPages(ask, '/agents', {})).length).toBeLessThan(1_000);

  expect(asked.length).toBeLessThan(1_000);
});

test('a list that grows is read to its new end, one that shrinks ends early', async () => {
  let total = 600;
  const growing = listOf((offset, limit) => {
    const page = { items: ALL.slice(0, total).slice(offset, offset + limit), total };
    total = 900;
    return page;
  });
  expect(await listPages(growing.ask, '/agents', { pageSize: 500 })).toHaveLength(900);

  const shrinking = listOf((offset, limit) => ({
    items: offset === 0 ? ALL.slice(0, limit) : [],
    total: 1234,
  }));
  expect(await listPages(shrinking.ask, '/agents', { pageSize: 500 })).toHaveLength(500);
});

test('no more than was asked for is read, whatever the total says and the pages hold', async () => {
  const endless = listOf(() => ({ items: ALL, total: Number.MAX_SAFE_INTEGER }));

  expect(await listPages(endless.ask, '/agents', { pageSize: 500, maxItems: 1200 })).toHaveLength(1200);
  expect(endless.asked).toHaveLength(3);
});
