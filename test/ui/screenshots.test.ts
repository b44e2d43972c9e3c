import { fileURLToPath } from 'node:url';
import type { Page } from '@playwright/test';
import { LAB_KEY } from '../../src-main/lab/virustotal/lab-virustotal.ts';
import { VaultSecrets } from '../../src-main/secrets/vault-secrets.ts';
import { type Desk, startDesk } from './desk.ts';
import { expect, test as base } from './fixtures.ts';
import { pull } from './site/pull.ts';
import { settleLab } from './site/settled-lab.ts';

/**
 * The README's pictures. They are written only when VERDICT_DESK_SCREENSHOTS=1 is set; without it the same screens are
 * photographed and thrown away, on a shorter past.
 */
const isWriting = process.env['VERDICT_DESK_SCREENSHOTS'] === '1';
const folder = fileURLToPath(new URL('../../docs/screenshots/', import.meta.url));
const PASSPHRASE = 'a passphrase for the pictures';
const WINDOW = { viewport: { width: 1440, height: 900 } };

const test = base.extend<object, { readonly settled: Desk }>({
  settled: [
    async ({ labArguments }, use) => {
      const desk = await startDesk({
        arguments: labArguments,
        prepare: (dataFolder) => settleLab(dataFolder, isWriting ? 14 : 2),
      });
      await use(desk);
      await desk.close();
    },
    { scope: 'worker', timeout: 120_000 },
  ],
});

for (const theme of ['light', 'dark'] as const) {
  test(`the overview, ${theme}`, async ({ settled, openWindow }) => {
    const { overview, page } = await openWindow(settled, { ...WINDOW, colorScheme: theme });
    await expect(overview.sum).toContainText('Nothing dropped');
    await expect(overview.attention).toContainText('turned malicious');
    await expect(overview.latest.getByRole('row')).not.toHaveCount(0);
    await photograph(page, `overview-${theme}`);
  });

  test(`detections, ${theme}`, async ({ settled, openWindow }) => {
    const window = await openWindow(settled, { ...WINDOW, colorScheme: theme });
    await window.goTo('Detections');
    await expect(window.detections.rows.first()).toBeVisible();
    await expect(window.detections.view('Everything')).toContainText(/\d/);
    await photograph(window.page, `detections-${theme}`);
  });
}

test('the drawer of a file that turned', async ({ settled, openWindow }) => {
  const window = await openWindow(settled, { ...WINDOW, colorScheme: 'light' });
  await window.goTo('Detections');
  await window.detections.row(/./).filter({ hasText: 'turned' }).first().click();
  await expect(window.drawer.section('Engines')).toContainText(/23 of \d+/);
  await photograph(window.page, 'drawer-light');
});

for (const theme of ['light', 'dark'] as const) {
  test(`a scan that runs, ${theme}`, async ({ scanLab, openWindow }) => {
    const window = await openWindow(scanLab, { ...WINDOW, colorScheme: theme });
    const { scans, page } = window;
    await pull(scanLab, 'agents/change', { agent: 'web-ams-1', isKesUp: true, fullScanMs: 20_000 });
    await pull(scanLab, 'agents/infect', { agent: 'web-ams-3', path: '/srv/upload/invoice_2291.exe' });
    await window.goTo('Scans');
    await scans.choose('web-ams-3');
    await scans.chooseKind('File or folder');
    await scans.path.fill('/srv/upload/invoice_2291.exe');
    await scans.lookOnly.check({ force: true });
    await scans.button('Scan file on 1 agent').click();
    await expect(scans.latest('web-ams-3').first()).toContainText('1 detection', { timeout: 30_000 });
    await window.notifications.getByRole('button', { name: 'Later' }).first().click();
    await scans.choose('web-ams-1', 'web-ams-2', 'web-ams-3');
    await scans.chooseKind('Database update');
    await scans.button(/^Pace and agents/).click();
    await scans.launch.getByRole('checkbox', { name: /^One agent first/ }).uncheck({ force: true });
    await scans.button('Update databases on 3 agents').click();
    await window
      .dialog('Database update on 3 agents')
      .getByRole('button', { name: /^Update/ })
      .click();
    await expect(scans.latest('3 agents').first()).toContainText('1 failed, 2 done', { timeout: 30_000 });
    await window.notifications.getByRole('button', { name: 'Later' }).first().click();
    await pull(scanLab, 'agents/change', { agent: 'web-ams-1', fullScanMs: 600_000 });
    await scans.choose('web-ams-1');
    await scans.chooseKind('Full');
    await scans.giveConsent();
    await scans.button('Start full scan on 1 agent').click();
    await expect(scans.steps.filter({ hasText: 'Task started' })).toBeVisible({ timeout: 30_000 });
    await scans.choose('db-fra-1', 'db-fra-2');
    await expect(scans.beforeItStarts).toContainText('Wazuh’s wrapper');
    await photograph(page, `scans-${theme}`);
    await scans.evidence.getByRole('button', { name: 'Stop scan' }).click();
    await expect(scans.evidence.getByRole('article')).toContainText('Cancelled', { timeout: 30_000 });
  });
}

test.describe('with the vault of a person who has a public key', () => {
  test.use({
    siteOptions: {
      key: null,
      limits: { perMinute: 4, perDay: 500, perMonth: 15_500 },
      prepare: (dataFolder) => new VaultSecrets(dataFolder).create(PASSPHRASE, new Map()),
    },
  });

  test('the settings', async ({ site, openWindow }) => {
    for (const name of ['rsync', 'curl', 'ssh']) site.report({ path: `/usr/bin/${name}` }, {});
    const window = await openWindow(site.desk, { ...WINDOW, colorScheme: 'light' });
    await window.welcome.follow(site.alerts.path);
    await window.settings.open('VirusTotal');
    await window.settings.unlock(PASSPHRASE);
    await expect(window.page.getByText('The vault is locked')).toBeHidden();
    await window.settings.enterKey(LAB_KEY);
    await expect(window.settings.group('Allowance')).toContainText('3 of 500');
    await photograph(window.page, 'settings-light');
  });
});

test('the welcome', async ({ site, openWindow }) => {
  const { welcome, page } = await openWindow(site.desk, { ...WINDOW, colorScheme: 'light' });
  await expect(welcome.heading).toBeVisible();
  await photograph(page, 'welcome-light');
});

test.describe('with a manager', () => {
  for (const theme of ['light', 'dark'] as const) {
    test(`a connection, ${theme}`, async ({ managed, openWindow }) => {
      const window = await openWindow(managed.desk, { ...WINDOW, colorScheme: theme });
      const { connectionForm, connections, statusBar, page } = window;
      await connectionForm.fillSsh(managed.door);
      await connectionForm.unfold('Name, jump hosts');
      await connectionForm.field('Name').fill('mgr-fra-1');
      await connectionForm.reachRootBy('sudo');
      await connectionForm.useApi(managed.lab.api);
      await connectionForm.button('Connect').click();
      await connectionForm.button('It is the same key, connect').click();
      await connectionForm.button('It is the same certificate, connect').click();
      await expect(statusBar).toContainText('Connected');
      await connections.open('mgr-fra-1');
      await connections.button(/^Look (now|again)$/).click();
      await expect(connections.capability('Read alerts')).toContainText('holds');
      await photograph(page, `connection-${theme}`);
      if (theme === 'dark') return;
      for (const path of ['/srv/upload/invoice.exe', '/usr/local/bin/dropper', '/srv/www/shell.php']) {
        managed.drop(path);
      }
      await window.goTo('Agents');
      await expect(window.agents.row('web-ams-1')).toContainText(/3\D*3\D*0$/);
      await window.agents.row('web-ams-1').click();
      await expect(window.agents.section('Newest detections')).toContainText('invoice.exe');
      await photograph(page, 'agents-light');
    });
  }

  test('a host key that is compared', async ({ managed, openWindow }) => {
    const { connectionForm, page } = await openWindow(managed.desk, { ...WINDOW, colorScheme: 'light' });
    await connectionForm.fillSsh(managed.door);
    await connectionForm.button('Connect').click();
    await connectionForm.button('It is the same key, connect').waitFor();
    await photograph(page, 'connect-light');
  });
});

/** At rest: no focus, no pointer over anything. */
async function photograph(page: Page, name: string): Promise<void> {
  await page.mouse.move(0, 0);
  await page.evaluate(() => document.activeElement instanceof HTMLElement && document.activeElement.blur());
  const picture = await page.screenshot({
    animations: 'disabled',
    caret: 'hide',
    ...(isWriting ? { path: `${folder}${name}.png` } : {}),
  });
  expect(picture.length).toBeGreaterThan(20_000);
}
