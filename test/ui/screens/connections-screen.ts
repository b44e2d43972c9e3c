import type { Locator, Page } from '@playwright/test';

/** Settings › Connections: the list, and one connection in full. */
export class ConnectionsScreen {
  readonly #page: Page;

  constructor(page: Page) {
    this.#page = page;
  }

  get list(): Locator {
    return this.#page.getByRole('region', { name: 'Connections', exact: true });
  }
  row(name: string): Locator {
    return this.list
      .getByRole('listitem')
      .filter({ has: this.#page.getByRole('link', { name, exact: true }) });
  }
  get add(): Locator {
    return this.list.getByRole('link', { name: 'Add connection' });
  }
  group(title: string): Locator {
    return this.#page.getByRole('region', { name: title, exact: true });
  }
  /** A capability of the panel, by its name. */
  capability(name: string): Locator {
    return this.group('What the account may do').getByRole('listitem').filter({ hasText: name });
  }
  button(name: string | RegExp): Locator {
    return this.#page.getByRole('main').getByRole('button', { name });
  }

  async openList(): Promise<void> {
    await this.#page
      .getByRole('navigation', { name: 'Main' })
      .getByRole('link', { name: 'Settings' })
      .click();
    await this.#page
      .getByRole('navigation', { name: 'Settings' })
      .getByRole('link', { name: 'Connections' })
      .click();
    await this.list.waitFor();
  }

  async open(name: string): Promise<void> {
    await this.openList();
    await this.list.getByRole('link', { name, exact: true }).click();
    await this.#page.getByRole('heading', { level: 2, name }).waitFor();
  }
}
