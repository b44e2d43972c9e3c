import type { Locator, Page } from '@playwright/test';

/** Ctrl+K: one field for files, agents, screens and commands. */
export class Palette {
  readonly #page: Page;

  constructor(page: Page) {
    this.#page = page;
  }

  get dialog(): Locator {
    return this.#page.getByRole('dialog', { name: 'Search files, agents, commands' });
  }
  get field(): Locator {
    return this.dialog.getByRole('searchbox');
  }
  entry(name: string | RegExp): Locator {
    return this.dialog.getByRole('option', { name });
  }

  async open(): Promise<void> {
    await this.#page.keyboard.press('Control+k');
    await this.dialog.waitFor();
  }
}
