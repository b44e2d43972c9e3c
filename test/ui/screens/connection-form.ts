import type { Locator, Page } from '@playwright/test';

type Method = 'SSH agent' | 'Key file' | 'Password' | 'Code it asks for';

/** Who signs in where, and how. */
export interface SshDoor {
  readonly host: string;
  readonly port: number;
  readonly user: string;
  /** Signs in with a password when given. */
  readonly password?: string;
}

/** The form that adds or edits a connection, in the settings and in the welcome. */
export class ConnectionForm {
  readonly #page: Page;

  constructor(page: Page) {
    this.#page = page;
  }

  get #main(): Locator {
    return this.#page.getByRole('main');
  }
  get host(): Locator {
    return this.#main.getByRole('combobox', { name: 'Host' });
  }
  get evidence(): Locator {
    return this.#page.getByRole('region', { name: 'What the test saw' });
  }
  /** `Port`, `User`, `Password`, `Name`, `Address of the API` and the like, by its whole label. */
  field(label: string): Locator {
    return this.#main.getByRole('textbox', { name: label, exact: true });
  }
  method(name: Method): Locator {
    return this.#main.getByRole('checkbox', { name });
  }
  button(name: string | RegExp): Locator {
    return this.#main.getByRole('button', { name });
  }
  /** A step of the evidence, such as `Sign in`. */
  step(name: string): Locator {
    return this.evidence.getByRole('listitem').filter({ has: this.#page.getByText(name, { exact: true }) });
  }

  async unfold(title: string): Promise<void> {
    const trigger = this.#main.getByRole('button', { name: new RegExp(`^${title}`) });
    if ((await trigger.getAttribute('aria-expanded')) !== 'true') await trigger.click();
  }

  async signInWith(...wanted: readonly Method[]): Promise<void> {
    for (const name of ['SSH agent', 'Key file', 'Password', 'Code it asks for'] as const) {
      await this.method(name).setChecked(wanted.includes(name), { force: true });
    }
  }

  async fillSsh({ host, port, user, password }: SshDoor): Promise<void> {
    await this.host.fill(host);
    await this.#page.keyboard.press('Escape');
    await this.field('Port').fill(String(port));
    await this.field('User').fill(user);
    if (password === undefined) return;
    await this.signInWith('Password');
    await this.field('Password').fill(password);
  }

  /** What reaches root on the manager: `Nothing`, `sudo`, `sudo with password`. */
  async reachRootBy(elevation: 'Nothing' | 'sudo' | 'sudo with password'): Promise<void> {
    await this.unfold('Root and installation');
    await this.#main
      .getByRole('radiogroup', { name: 'For what needs root' })
      .getByRole('radio', { name: elevation, exact: true })
      .check({ force: true });
  }

  async useApi(access: Parameters<ConnectionForm['fillApi']>[0]): Promise<void> {
    await this.unfold('Manager API');
    await this.#main.getByRole('switch', { name: 'Use the manager’s API' }).click({ force: true });
    await this.fillApi(access);
  }

  async fillApi(access: {
    readonly url: string;
    readonly user: string;
    readonly password: string;
  }): Promise<void> {
    await this.field('Address of the API').fill(access.url);
    await this.field('User of the API').fill(access.user);
    await this.field('Password of the API').fill(access.password);
  }
}
