import type { Locator, Page } from '@playwright/test';

/** The first start, before anything was read. */
export class WelcomeScreen {
  readonly #page: Page;

  constructor(page: Page) {
    this.#page = page;
  }

  get heading(): Locator {
    return this.#page.getByRole('heading', { level: 1, name: /gets a verdict/ });
  }
  get path(): Locator {
    return this.#page.getByRole('textbox', { name: 'Path of the alert file' });
  }

  async choose(
    way: 'Connect to a manager' | 'Follow an alert file' | 'Read a file once' | 'Try it in the lab',
  ): Promise<void> {
    await this.#page.getByRole('radio', { name: new RegExp(`^${way}`) }).check({ force: true });
  }

  async follow(path: string): Promise<void> {
    await this.choose('Follow an alert file');
    await this.path.fill(path);
    await this.#page.getByRole('button', { name: /^Follow/ }).click();
  }
}
