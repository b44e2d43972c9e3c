import type { Locator, Page } from '@playwright/test';

export class DetectionsScreen {
  readonly #page: Page;

  constructor(page: Page) {
    this.#page = page;
  }

  get table(): Locator {
    return this.#page.getByRole('grid', { name: 'Files' });
  }
  /** Rows in the page, the head left out. */
  get rows(): Locator {
    return this.table.getByRole('row').filter({ has: this.#page.getByRole('rowheader') });
  }
  get filterText(): Locator {
    return this.#page.getByRole('searchbox', { name: 'Filter by path, hash or agent' });
  }
  get chips(): Locator {
    return this.#page.getByRole('grid', { name: 'Filters' });
  }
  get exportButton(): Locator {
    return this.#page.getByRole('button', { name: 'Export' });
  }

  row(path: string | RegExp): Locator {
    return this.table.getByRole('row').filter({ has: this.#page.getByRole('rowheader', { name: path }) });
  }
  view(name: string): Locator {
    return this.#page.getByRole('tab', { name: new RegExp(`^${name}`) });
  }
  /** The pane that scrolls: the table stands in it. */
  get scroller(): Locator {
    return this.table.locator('..');
  }

  async sortBy(column: 'Engines' | 'Judged'): Promise<void> {
    await this.table.getByRole('columnheader', { name: column }).click();
  }

  async filterByTime(span: string): Promise<void> {
    await this.#page
      .getByRole('button', { name: /Any time|Today|Last|to/ })
      .filter({ visible: true })
      .first()
      .click();
    await this.#page.getByRole('menuitemradio', { name: span }).click();
  }

  async addFilter(choice: string): Promise<void> {
    await this.#page.getByRole('button', { name: 'Add a filter' }).click();
    await this.#page.getByRole('menu', { name: 'Add a filter' }).getByText(choice, { exact: true }).click();
    await this.#page.keyboard.press('Escape');
  }
}
