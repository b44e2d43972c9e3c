import type { Locator, Page } from '@playwright/test';
import type { Desk } from '../desk.ts';
import { AgentsScreen } from './agents-screen.ts';
import { CheckDialog } from './check-dialog.ts';
import { ConnectionForm } from './connection-form.ts';
import { ConnectionsScreen } from './connections-screen.ts';
import { DetectionDrawer } from './detection-drawer.ts';
import { DetectionsScreen } from './detections-screen.ts';
import { OverviewScreen } from './overview-screen.ts';
import { Palette } from './palette.ts';
import { ScansScreen } from './scans-screen.ts';
import { SettingsScreen } from './settings-screen.ts';
import { WelcomeScreen } from './welcome-screen.ts';

type Place = 'Overview' | 'Detections' | 'Scans' | 'Agents' | 'Settings';

/** One window of the app: its frame, and the screens in it. */
export class DeskWindow {
  readonly page: Page;
  readonly desk: Desk;
  readonly welcome: WelcomeScreen;
  readonly overview: OverviewScreen;
  readonly detections: DetectionsScreen;
  readonly drawer: DetectionDrawer;
  readonly settings: SettingsScreen;
  readonly scans: ScansScreen;
  readonly agents: AgentsScreen;
  readonly connections: ConnectionsScreen;
  readonly connectionForm: ConnectionForm;
  readonly palette: Palette;
  readonly checkDialog: CheckDialog;
  readonly #problems: string[] = [];
  #expected: RegExp | null = null;

  constructor(page: Page, desk: Desk) {
    this.page = page;
    this.desk = desk;
    this.welcome = new WelcomeScreen(page);
    this.overview = new OverviewScreen(page);
    this.detections = new DetectionsScreen(page);
    this.drawer = new DetectionDrawer(page);
    this.settings = new SettingsScreen(page);
    this.scans = new ScansScreen(page);
    this.agents = new AgentsScreen(page);
    this.connections = new ConnectionsScreen(page);
    this.connectionForm = new ConnectionForm(page);
    this.palette = new Palette(page);
    this.checkDialog = new CheckDialog(page);
    page.on('pageerror', (error) => this.#problems.push(error.message));
    page.on('console', (message) => {
      if (message.type() === 'error') this.#problems.push(message.text());
    });
  }

  /** With a fresh address, as it is printed. */
  async open(): Promise<void> {
    await this.page.goto(await this.desk.newAddress());
    await this.statusBar.waitFor();
  }

  get main(): Locator {
    return this.page.getByRole('main');
  }
  get statusBar(): Locator {
    return this.page.getByRole('contentinfo', { name: 'Status' });
  }
  get navigation(): Locator {
    return this.page.getByRole('navigation', { name: 'Main' });
  }
  /** What was said to screen readers last. */
  spoken(urgency: 'polite' | 'assertive'): Locator {
    return this.page.locator(`span[aria-live="${urgency}"]`);
  }
  notice(title: string | RegExp): Locator {
    return this.page.getByRole('group', { name: title }).or(this.page.getByRole('alert', { name: title }));
  }
  /** What floats at the lower right until it is answered. */
  get notifications(): Locator {
    return this.page.getByRole('region', { name: 'Notifications' });
  }
  dialog(title: string | RegExp): Locator {
    return this.page.getByRole('dialog', { name: title });
  }

  async goTo(place: Place): Promise<void> {
    await this.navigation.getByRole('link', { name: new RegExp(`^${place}`) }).click();
    await this.page.getByRole('heading', { level: 1, name: place }).waitFor();
  }

  /** What a person with the developer tools open would see in red. */
  get problems(): readonly string[] {
    const expected = this.#expected;
    return expected === null ? this.#problems : this.#problems.filter((problem) => !expected.test(problem));
  }
  expectProblems(pattern: RegExp): void {
    this.#expected = pattern;
  }
}
