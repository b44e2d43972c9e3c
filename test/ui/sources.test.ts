import { expect, test } from './fixtures.ts';

test('an alert file that is away is told with what to do, and read on where it stopped', async ({
  site,
  deskWindow,
}) => {
  const { overview, settings, statusBar } = deskWindow;
  site.alerts.report({ path: '/usr/bin/one' });
  await expect(overview.sum).toContainText('1of 1');
  site.alerts.hide();
  await expect(statusBar).toContainText('Missing alerts.json');
  await expect(overview.attention).toContainText(`${site.alerts.path} is not there`);
  await settings.open('Alert files');
  await expect(settings.group('Alert files')).toContainText('Missing');

  site.alerts.showAgain();
  site.alerts.report({ path: '/usr/bin/two' });
  await expect(statusBar).toContainText('Following alerts.json');
  await deskWindow.goTo('Overview');
  await expect(overview.sum).toContainText('2of 2');
  await expect(overview.attention).not.toContainText('is not there');
});

test('a folder in place of a file cannot be read, and says what to name instead', async ({
  site,
  openWindow,
}) => {
  const { welcome, overview, statusBar, settings } = await openWindow(site.desk);
  await welcome.follow(site.desk.dataFolder);
  await expect(statusBar).toContainText('Cannot read');
  await expect(overview.attention).toContainText(site.desk.dataFolder);
  await settings.open('Alert files');
  await expect(settings.group('Alert files')).toContainText('Cannot be read');
});

test('damaged lines are counted and shown with their position, and what follows them is read', async ({
  site,
  deskWindow,
}) => {
  const { overview, settings, page } = deskWindow;
  site.alerts.report({ path: '/usr/bin/one' });
  site.alerts.write('{"timestamp":"2026-11-21T09:00:00.000+0000","rule":{"level":5,"syscheck":\n');
  site.alerts.write('{"syscheck":\u0000\u0000}\n');
  site.alerts.report({ path: '/usr/bin/two' });
  await expect(overview.sum).toContainText('2of 2');
  await expect(overview.attention).toContainText('2 lines could not be read as alerts');
  await overview.attention.getByRole('link', { name: 'Look' }).click();
  const lines = settings.group('Damaged lines').getByRole('listitem');
  await expect(lines).toHaveCount(2);
  await expect(lines.filter({ hasText: 'Not JSON' })).toContainText(/byte \d+/);
  await page.getByRole('button', { name: 'Dismiss all' }).click();
  await expect(settings.group('Damaged lines')).toContainText('None.');
});

test('a source that is stopped reads nothing more', async ({ site, deskWindow }) => {
  const { overview, settings, page, navigation } = deskWindow;
  site.alerts.report({ path: '/usr/bin/one' });
  await expect(overview.sum).toContainText('1of 1');
  await settings.open('Alert files');
  await settings.group('Alert files').getByRole('button', { name: 'Stop' }).click();
  await expect(settings.group('Alert files')).toContainText('No alert file is followed.');
  await expect(navigation).toContainText('No source');
  site.alerts.report({ path: '/usr/bin/two' });
  await deskWindow.goTo('Overview');
  await expect(overview.sum).toContainText('1of 1');
  await expect(page.getByRole('alert')).toBeHidden();
});
