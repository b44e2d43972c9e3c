import { type Browser, type BrowserContextOptions, expect, type Page, test as base } from '@playwright/test';
import { findChromium } from './chromium.ts';
import { type Desk, startDesk } from './desk.ts';
import { DeskWindow } from './screens/desk-window.ts';
import { ManagedSite } from './site/managed-site.ts';
import { pull } from './site/pull.ts';
import { Site, type SiteOptions } from './site/site.ts';

/** Opens another window of an app, in a browser of its own. */
type OpenWindow = (desk: Desk, options?: BrowserContextOptions) => Promise<DeskWindow>;

interface PerTest {
  /** Skips the test where there is no Chromium. */
  readonly browserIsThere: void;
  /** `test.use({ siteOptions: … })` changes it for a file or a group. */
  readonly siteOptions: SiteOptions;
  /** A deployment of its own: nothing read, nothing asked yet. */
  readonly site: Site;
  /** A manager behind SSH and its API, and an app that does not know it yet. */
  readonly managed: ManagedSite;
  /** The window of that app, in which the manager's SSH is connected already. */
  readonly managedWindow: DeskWindow;
  readonly openWindow: OpenWindow;
  /** The site's window, in which its alert file is followed already. */
  readonly deskWindow: DeskWindow;
  /** The window of the lab's app. */
  readonly labWindow: DeskWindow;
  /** The window of the app on the lab for scans, in which its manager is connected. */
  readonly scanWindow: DeskWindow;
}
interface PerWorker {
  readonly labArguments: readonly string[];
  /** The app on its built-in lab, shared by the tests that change nothing in it that others look at. */
  readonly lab: Desk;
  /**
   * A lab for what is done to agents: its manager is a connection, three agents are reached over SSH, and nothing happens
   * there by itself.
   */
  readonly scanLab: Desk;
}

/**
 * Tests of the running app in windows that a person would open. Console errors, page errors and breaches of the content
 * policy fail the test they happen in.
 */
export const test = base.extend<PerTest, PerWorker>({
  labArguments: [['--lab'], { option: true, scope: 'worker' }],
  lab: [
    async ({ labArguments }, use) => {
      const desk = await startDesk({ arguments: labArguments });
      await use(desk);
      await desk.close();
    },
    { scope: 'worker' },
  ],
  scanLab: [
    async ({ labArguments }, use) => {
      const desk = await startDesk({ arguments: labArguments });
      await pull(desk, 'world/pause');
      await use(desk);
      await desk.close();
    },
    { scope: 'worker' },
  ],
  browserIsThere: [
    async ({ browserName }, use, testInfo) => {
      testInfo.skip(
        browserName === 'chromium' && findChromium() === null,
        'no Chromium, Chrome, Edge or Brave is installed',
      );
      await use();
    },
    { auto: true },
  ],
  siteOptions: [{}, { option: true }],
  site: async ({ siteOptions }, use) => {
    const site = await Site.start(siteOptions);
    await use(site);
    await site.close();
  },
  managed: async ({ siteOptions }, use) => {
    const managed = await ManagedSite.start(siteOptions);
    await use(managed);
    await managed.close();
  },
  // The app first, so that it ends last: a window that loses its app says so in its console.
  managedWindow: async ({ managed, openWindow }, use) => {
    const window = await openWindow(managed.desk);
    const { connectionForm, statusBar } = window;
    await connectionForm.fillSsh(managed.door);
    await connectionForm.unfold('Name, jump hosts');
    await connectionForm.reachRootBy('sudo');
    await connectionForm.button('Connect').click();
    await connectionForm.button('It is the same key, connect').click();
    await statusBar.getByText('Connected').waitFor();
    await use(window);
  },
  openWindow: async ({ browser, contextOptions }, use) => {
    const opened: DeskWindow[] = [];
    await use(async (desk, options = {}) => {
      const page = await newPage(browser, { ...contextOptions, ...options });
      const window = new DeskWindow(page, desk);
      opened.push(window);
      await window.open();
      return window;
    });
    for (const window of opened) expect(window.problems).toEqual([]);
    await Promise.all(opened.map((window) => window.page.context().close()));
  },
  deskWindow: async ({ site, openWindow }, use) => {
    const window = await openWindow(site.desk);
    await window.welcome.follow(site.alerts.path);
    await window.statusBar.getByText('Following').waitFor();
    await use(window);
  },
  labWindow: async ({ lab, openWindow }, use) => use(await openWindow(lab)),
  scanWindow: async ({ scanLab, openWindow }, use) => {
    const window = await openWindow(scanLab);
    await expect(window.statusBar).toContainText('Connected');
    await use(window);
  },
});

export { expect };

async function newPage(browser: Browser, options: BrowserContextOptions): Promise<Page> {
  const context = await browser.newContext(options);
  return context.newPage();
}
