import type { Locator, Page } from '@playwright/test';

type Section =
  | 'Triage'
  | 'Verdicts'
  | 'Where this file is'
  | 'Engines'
  | 'Kaspersky, there and here'
  | 'Source alert'
  | 'Lookup';

/** One file's whole story, beside the list. */
export class DetectionDrawer {
  readonly #page: Page;

  constructor(page: Page) {
    this.#page = page;
  }

  get pane(): Locator {
    return this.#page.getByRole('complementary', { name: /^About/ });
  }
  get name(): Locator {
    return this.pane.getByRole('heading', { level: 2 }).first();
  }
  get note(): Locator {
    return this.pane.getByRole('textbox', { name: 'Note' });
  }
  section(name: Section): Locator {
    return this.pane.getByRole('region', { name });
  }
  state(name: string): Locator {
    return this.pane.getByRole('radio', { name });
  }
  button(name: string | RegExp): Locator {
    return this.pane.getByRole('button', { name });
  }

  async triage(state: string): Promise<void> {
    await this.state(state).check({ force: true });
  }

  async mute(covers: string, effect: 'Mute' | 'Exclude' = 'Mute'): Promise<void> {
    await this.button('Mute…').click();
    const dialog = this.#page.getByRole('dialog', { name: 'What should no longer be asked about?' });
    await dialog.getByRole('radio', { name: new RegExp(`^${covers}`) }).check({ force: true });
    await dialog.getByRole('radio', { name: effect, exact: true }).check({ force: true });
    await dialog.getByRole('button', { name: new RegExp(`^${effect} `) }).click();
    await dialog.waitFor({ state: 'hidden' });
  }
}
