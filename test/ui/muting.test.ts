import { expect, test } from './fixtures.ts';

test('muting a folder moves its events in the sum, and taking the rule back moves them back', async ({
  site,
  deskWindow,
}) => {
  site.report({ path: '/var/cache/app/index.bin' }, {});
  site.alerts.report({ path: '/var/cache/app/index.bin', agent: 'web-ams-2' });
  site.report({ path: '/usr/bin/rsync' }, {});
  const { detections, drawer, overview, settings, page } = deskWindow;
  await expect.poll(async () => (await overview.accountedFor()).parts['Looked up']).toBe(2);
  await deskWindow.goTo('Detections');
  await detections.row(/index\.bin/).click();
  await drawer.mute('This folder and all below it');
  await expect(drawer.pane).toContainText('Muted, 2 events');

  await deskWindow.goTo('Overview');
  await expect
    .poll(async () => (await overview.accountedFor()).parts)
    .toMatchObject({ Muted: 2, 'Looked up': 1 });
  await expect(overview.sum).toContainText('3of 3');

  await settings.open('Exclusions');
  await expect(settings.group('Rules')).toContainText('/var/cache/app/');
  await page.getByRole('button', { name: 'Remove the rule /var/cache/app/' }).click();
  await expect(settings.group('Rules')).toContainText('Its events count anew.');
  await deskWindow.goTo('Overview');
  await expect
    .poll(async () => (await overview.accountedFor()).parts)
    .toMatchObject({ Muted: 0, 'Looked up': 2 });
});

test('an excluded file is never asked about, and undoing it asks at once', async ({ site, deskWindow }) => {
  const { settings, overview, page } = deskWindow;
  await settings.open('Exclusions');
  await settings.choose('Effect', 'Exclude');
  await page.getByRole('textbox', { name: 'Path' }).fill('/home/**');
  await page.getByRole('button', { name: 'Add excluding rule' }).click();
  await expect(settings.group('Add a rule')).toContainText('it covers 0 events so far');
  site.report({ path: '/home/anna/diary.odt' }, { positives: 2 });

  await deskWindow.goTo('Overview');
  await expect.poll(async () => (await overview.accountedFor()).parts['Not lookable']).toBe(1);
  expect(site.virustotal.control.requests().filter(({ asked }) => asked === 'file')).toEqual([]);

  await settings.open('Exclusions');
  await page.getByRole('button', { name: 'Remove the rule /home/**' }).click();
  await deskWindow.goTo('Overview');
  await expect(overview.latest).toContainText('diary.odt');
});

test('the drawer takes back the rule it has just made', async ({ site, deskWindow }) => {
  site.report({ path: '/opt/tool.exe' }, { positives: 2 });
  const { detections, drawer, overview } = deskWindow;
  await deskWindow.goTo('Detections');
  await detections.row(/tool\.exe/).click();
  await drawer.mute('This extension', 'Exclude');
  await expect(drawer.pane).toContainText('Excluded, 1 event');
  await drawer.button('Undo').click();
  await expect(drawer.pane).not.toContainText('Excluded, 1 event');
  await deskWindow.goTo('Overview');
  await expect
    .poll(async () => (await overview.accountedFor()).parts)
    .toMatchObject({ 'Looked up': 1, 'Not lookable': 0 });
});
