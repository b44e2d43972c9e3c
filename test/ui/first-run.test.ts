import { expect, test } from './fixtures.ts';

test('the first run offers four ways to begin, and a followed file fills the overview', async ({
  site,
  openWindow,
}) => {
  site.report({ path: '/srv/upload/invoice.exe' }, { positives: 41 });
  site.report({ path: '/usr/bin/rsync' }, {});
  const { welcome, overview, statusBar } = await openWindow(site.desk);
  await expect(welcome.heading).toBeVisible();
  await expect(statusBar).toContainText('Nothing is read yet');

  await welcome.follow(site.alerts.path);

  await expect(overview.sum).toContainText('2of 2');
  await expect(overview.latest).toContainText('invoice.exe');
  await expect(statusBar).toContainText('Following alerts.json');
  site.report({ path: '/srv/upload/second.exe', agent: 'web-ams-2' }, { positives: 3 });
  await expect(overview.latest).toContainText('second.exe');
});

test('a file that is read once fills the overview, too', async ({ site, openWindow }) => {
  site.report({ path: '/usr/bin/rsync' }, {});
  const { welcome, overview, page } = await openWindow(site.desk);
  await welcome.choose('Read a file once');
  await welcome.path.fill(site.alerts.path);
  await page.getByRole('button', { name: /^Read alerts.json once/ }).click();
  await expect(overview.imports).toContainText('alerts.json: 1 FIM event read');
  await expect(overview.sum).toContainText('Nothing dropped');
});

test('a path that does not begin at the root is refused with what to enter instead', async ({
  site,
  openWindow,
}) => {
  const { welcome, page } = await openWindow(site.desk);
  await welcome.follow('logs/alerts.json');
  const alert = page.getByRole('alert');
  await expect(alert).toContainText('The path does not begin at the root.');
  await expect(alert).toContainText('/var/ossec/logs/alerts/alerts.json');
  await expect(welcome.path).toHaveValue('logs/alerts.json');
});

test('the lab is offered as a command to copy, for it is another start', async ({ site, openWindow }) => {
  const { welcome, page } = await openWindow(site.desk, {
    permissions: ['clipboard-read', 'clipboard-write'],
  });
  await welcome.choose('Try it in the lab');
  await page.getByRole('button', { name: 'Copy command' }).first().click();
  expect(await page.evaluate(() => navigator.clipboard.readText())).toBe('verdict-desk serve --lab');
});
