import type { Locator, Page } from '@playwright/test';

export class AgentsScreen {
  readonly #page: Page;

  constructor(page: Page) {
    this.#page = page;
  }

  get table(): Locator {
    return this.#page.getByRole('grid', { name: 'Agents' });
  }
  /** Rows in the page, the head left out. */
  get rows(): Locator {
    return this.table.getByRole('row').filter({ has: this.#page.getByRole('rowheader') });
  }
  get filterText(): Locator {
    return this.#page.getByRole('searchbox', { name: /^Filter by name/ });
  }
  get drawer(): Locator {
    return this.#page.getByRole('complementary', { name: /^About/ });
  }
  get name(): Locator {
    return this.drawer.getByRole('heading', { level: 2 }).first();
  }
  row(name: string | RegExp): Locator {
    return this.rows.filter({ has: this.#page.getByRole('rowheader', { name }) });
  }
  section(name: string): Locator {
    return this.drawer.getByRole('region', { name });
  }

  /** Ticks or unticks a status of the filter. */
  async toggleStatus(status: string): Promise<void> {
    await this.#page
      .getByRole('button', { name: /Any status|statuses|Active|Disconnected/ })
      .first()
      .click();
    await this.#page.getByRole('menuitemcheckbox', { name: status }).click();
    await this.#page.keyboard.press('Escape');
  }
}
