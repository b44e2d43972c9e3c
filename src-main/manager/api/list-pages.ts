import type { ApiAnswer, ApiListOptions, ApiRequest } from './wazuh-api.ts';

const DEFAULT_PAGE = 500;
const DEFAULT_MOST = 100_000;
/** However small the pages are that come: the budget of requests is everybody's. */
const MOST_PAGES = 400;

/**
 * Every item of a list, page by page until the total is reached. The list may grow and shrink meanwhile: the newest total
 * counts, an empty page ends it, and an item that moved may come twice (ask for a stable `sort`, and take ids once).
 */
export async function listPages(
  ask: (request: ApiRequest) => Promise<ApiAnswer>,
  path: string,
  { query, pageSize = DEFAULT_PAGE, maxItems = DEFAULT_MOST, signal, urgency = 'background' }: ApiListOptions,
): Promise<readonly unknown[]> {
  const items: unknown[] = [];
  let total = Infinity;
  for (let pages = 0; pages < MOST_PAGES && items.length < Math.min(total, maxItems); pages += 1) {
    const limit = Math.min(pageSize, maxItems - items.length);
    const page = await ask({
      method: 'GET',
      path,
      query: { ...query, offset: items.length, limit },
      urgency,
      ...(signal ? { signal } : {}),
    });
    if (page.items.length === 0) break;
    for (const item of page.items.slice(0, limit)) items.push(item);
    total = page.total;
  }
  return items;
}
