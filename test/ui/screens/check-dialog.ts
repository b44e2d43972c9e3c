import type { Locator, Page } from '@playwright/test';

/** A hash typed, or a file hashed in the window. */
export class CheckDialog {
  readonly #page: Page;

  constructor(page: Page) {
    this.#page = page;
  }

  get dialog(): Locator {
    return this.#page.getByRole('dialog', { name: 'Check a file or hash' });
  }
  get field(): Locator {
    return this.dialog.getByRole('textbox', { name: 'MD5, SHA-1 or SHA-256' });
  }
  get ask(): Locator {
    return this.dialog.getByRole('button', { name: 'Ask VirusTotal' });
  }

  async open(): Promise<void> {
    await this.#page.getByRole('main').getByRole('button', { name: 'Check a file or hash' }).first().click();
    await this.dialog.waitFor();
  }

  async chooseFile(file: { name: string; mimeType: string; buffer: Buffer }): Promise<void> {
    const chooser = this.#page.waitForEvent('filechooser');
    await this.dialog.getByRole('button', { name: 'Choose a file' }).click();
    await (await chooser).setFiles(file);
  }
}
