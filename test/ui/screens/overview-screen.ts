import type { Locator, Page } from '@playwright/test';

/** The accounted-for sum as the screen shows it. */
export interface AccountedFor {
  readonly accounted: number;
  readonly fimEvents: number;
  /** Answered, from the store, queued, muted, not lookable, by their names on screen. */
  readonly parts: Readonly<Record<string, number>>;
}

export class OverviewScreen {
  readonly #page: Page;

  constructor(page: Page) {
    this.#page = page;
  }

  cell(title: string): Locator {
    return this.#page.getByRole('region', { name: title });
  }
  get sum(): Locator {
    return this.cell('FIM events accounted for');
  }
  get attention(): Locator {
    return this.cell('Needs attention');
  }
  get queue(): Locator {
    return this.cell('Queue and quota');
  }
  get latest(): Locator {
    return this.cell('Latest detections');
  }
  get imports(): Locator {
    return this.#page.getByRole('region', { name: 'Imports' });
  }

  /** Read in one look: the figures change while one reads. */
  async accountedFor(): Promise<AccountedFor> {
    const { sum, parts } = await this.sum.evaluate((cell) => ({
      sum: cell.querySelector('p')?.textContent ?? '',
      parts: [...cell.querySelectorAll('dl > div')].map((part) => ({
        name: part.querySelector('dt')?.textContent ?? '',
        events: part.querySelector('dd')?.textContent ?? '',
      })),
    }));
    const [, accounted = '', of = ''] = /([\d,]+)\s*of\s*([\d,]+)/.exec(sum) ?? [];
    return {
      accounted: toNumber(accounted),
      fimEvents: toNumber(of),
      parts: Object.fromEntries(parts.map(({ name, events }) => [name, toNumber(events)])),
    };
  }

  async addAlertFile(path: string, mode: 'Follow as it grows' | 'Read once'): Promise<void> {
    await this.#page.getByRole('main').getByRole('button', { name: 'Add alert file' }).click();
    const dialog = this.#page.getByRole('dialog', { name: 'Add alert file' });
    await dialog.getByRole('textbox', { name: 'Path of the alert file' }).fill(path);
    await dialog.getByRole('radio', { name: mode }).check({ force: true });
    await dialog.getByRole('button', { name: /^(Follow|Read) / }).click();
    await dialog.waitFor({ state: 'hidden' });
  }
}

export function sumOf(parts: AccountedFor['parts']): number {
  return Object.values(parts).reduce((sum, events) => sum + events, 0);
}

/** `1,234` and figures with words for screen readers around them. */
function toNumber(text: string): number {
  return Number(text.replaceAll(/\D/g, ''));
}
