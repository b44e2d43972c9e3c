import type { Locator, Page } from '@playwright/test';

type Section =
  | 'Connections'
  | 'VirusTotal'
  | 'Queue and re-checks'
  | 'Exclusions'
  | 'Alert files'
  | 'Damaged lines'
  | 'Audit trail'
  | 'Appearance'
  | 'Data';

export class SettingsScreen {
  readonly #page: Page;

  constructor(page: Page) {
    this.#page = page;
  }

  /** From any screen. */
  async open(section: Section): Promise<void> {
    const main = this.#page.getByRole('navigation', { name: 'Main' });
    await main.getByRole('link', { name: 'Settings' }).click();
    const sections = this.#page.getByRole('navigation', { name: 'Settings' });
    await sections.getByRole('link', { name: section }).click();
  }

  group(title: string): Locator {
    return this.#page.getByRole('region', { name: title, exact: true });
  }
  get keyField(): Locator {
    return this.#page.getByLabel(/^(New )?API key$/);
  }
  get keyGroup(): Locator {
    return this.#page.getByRole('region', { name: /^(API|VirusTotal) key$/ });
  }
  get terms(): Locator {
    return this.#page.getByRole('checkbox', { name: /VirusTotal’s terms/ });
  }

  async choose(group: string, value: string): Promise<void> {
    await this.#page
      .getByRole('radiogroup', { name: group })
      .getByRole('radio', { name: value })
      .check({ force: true });
  }

  async unlock(passphrase: string): Promise<void> {
    await this.#page.getByLabel('Passphrase', { exact: true }).fill(passphrase);
    await this.#page.getByRole('button', { name: 'Unlock' }).click();
  }

  /** Fills the form and asks for the test; what comes of it is for the test to see. */
  async enterKey(key: string): Promise<void> {
    await this.keyField.fill(key);
    await this.terms.check({ force: true });
    await this.#page.getByRole('button', { name: 'Test and store' }).click();
  }
}
