import { expect, type Locator, type Page } from '@playwright/test';

/** The Scans screen: the form on the left, the evidence and the latest scans on the right, the history. */
export class ScansScreen {
  readonly #page: Page;

  constructor(page: Page) {
    this.#page = page;
  }

  get launch(): Locator {
    return this.#page.getByRole('region', { name: 'Launch a scan' });
  }
  get evidence(): Locator {
    return this.#page.getByRole('region', { name: 'Evidence', exact: true });
  }
  /** What was seen of the scan that is looked at, step by step. */
  get steps(): Locator {
    return this.evidence.getByRole('list', { name: 'What was seen' }).getByRole('listitem');
  }
  get agentsField(): Locator {
    return this.launch.getByRole('combobox', { name: 'Agents' });
  }
  get chosenAgents(): Locator {
    return this.launch.getByRole('grid', { name: 'Chosen agents' });
  }
  kind(name: string | RegExp): Locator {
    return this.launch.getByRole('radio', { name });
  }
  get path(): Locator {
    return this.launch.getByRole('textbox', { name: 'Path on the agents' });
  }
  get lookOnly(): Locator {
    return this.launch.getByRole('checkbox', { name: /^Look only/ });
  }
  get consent(): Locator {
    return this.launch.getByRole('checkbox', { name: /^KES may disinfect/ });
  }
  get beforeItStarts(): Locator {
    return this.launch.getByRole('region', { name: 'Before it starts' });
  }
  button(name: string | RegExp): Locator {
    return this.launch.getByRole('button', { name });
  }
  /** The newest scans under the evidence. */
  latest(text: string | RegExp): Locator {
    return this.#page.getByRole('grid', { name: 'Latest scans' }).getByRole('row').filter({ hasText: text });
  }
  get history(): Locator {
    return this.#page.getByRole('grid', { name: 'Scans', exact: true });
  }

  async choose(...agents: readonly string[]): Promise<void> {
    for (const agent of agents) {
      await this.agentsField.fill(agent);
      await this.#page.getByRole('option', { name: agent }).first().click();
      await expect(this.chosenAgents).toContainText(agent);
    }
  }

  /** A radio whose words are drawn over its input. */
  async chooseKind(name: string | RegExp): Promise<void> {
    await this.kind(name).check({ force: true });
  }

  async giveConsent(): Promise<void> {
    await this.consent.check({ force: true });
  }
}
