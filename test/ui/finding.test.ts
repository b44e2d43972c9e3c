import { hashesOf } from '../builders/a-known-file.ts';
import { expect, test } from './fixtures.ts';
import type { Site } from './site/site.ts';

const DAY_MS = 24 * 60 * 60 * 1000;

test('saved views split the files by what they ask for, each with its count', async ({
  site,
  deskWindow,
}) => {
  reportOneOfEach(site);
  const { detections } = deskWindow;
  await deskWindow.goTo('Detections');
  await expect(detections.view('Everything')).toContainText('5');
  await expect(detections.view('To triage')).toContainText('2');

  await detections.view('Malicious').click();
  await expect(detections.rows).toHaveCount(1);
  await expect(detections.row(/invoice\.exe/)).toContainText('Malicious');
  await detections.view('Suspicious').click();
  await expect(detections.row(/packed\.dll/)).toContainText('Suspicious');
  await detections.view('No records').click();
  await expect(detections.row(/own-tool/)).toContainText('No records');
  await detections.view('Turned malicious').click();
  await expect(deskWindow.main).toContainText('Nothing turned malicious');
});

test('files are found by path text, by the beginning of a hash and by agent', async ({
  site,
  deskWindow,
}) => {
  reportOneOfEach(site);
  const { detections } = deskWindow;
  await deskWindow.goTo('Detections');
  await expect(detections.rows).toHaveCount(5);

  await detections.filterText.fill('upload');
  await expect(detections.rows).toHaveCount(2);
  await detections.filterText.fill(hashesOf('/usr/bin/rsync').sha256.slice(0, 12).toUpperCase());
  await expect(detections.rows).toHaveCount(1);
  await expect(detections.row(/rsync/)).toBeVisible();
  await detections.filterText.fill('db-fra');
  await expect(detections.rows).toHaveCount(1);
  await expect(detections.row(/own-tool/)).toContainText('db-fra-1');

  await detections.filterText.fill('nothing is called so');
  await expect(deskWindow.main).toContainText('Nothing matches “nothing is called so”');
  await deskWindow.main.getByRole('button', { name: 'Clear filter' }).last().click();
  await expect(detections.rows).toHaveCount(5);
});

test('outcome, agent and time narrow the list as chips, and survive a reload', async ({
  site,
  deskWindow,
}) => {
  reportOneOfEach(site);
  const { detections, page } = deskWindow;
  await deskWindow.goTo('Detections');
  await detections.addFilter('Clean');
  await expect(detections.rows).toHaveCount(2);
  await detections.addFilter('web-ams-2');
  await expect(detections.rows).toHaveCount(1);
  await expect(detections.row(/rsync/)).toBeVisible();
  await expect(detections.chips.getByRole('row')).toHaveCount(2);

  await page.reload();
  await expect(detections.rows).toHaveCount(1);
  await page.getByRole('button', { name: 'Clear all' }).click();
  await expect(detections.rows).toHaveCount(5);
});

test('the list is narrowed to a span of time', async ({ site, deskWindow }) => {
  site.alerts.report(
    { path: '/srv/new', at: new Date() },
    { path: '/srv/of-last-week', at: new Date(Date.now() - 8 * DAY_MS) },
  );
  const { detections, page } = deskWindow;
  await deskWindow.goTo('Detections');
  await expect(detections.rows).toHaveCount(2);
  await page.getByRole('button', { name: 'Any time' }).click();
  await page
    .getByRole('menuitemradio', { name: 'Custom range…' })
    .or(page.getByText('Custom range…'))
    .click();
  const dialog = deskWindow.dialog('Files judged or seen in these days');
  const lastWeek = new Date(Date.now() - 8 * DAY_MS).toLocaleDateString('sv-SE');
  await dialog.getByLabel('First day').fill(lastWeek);
  await dialog.getByLabel('Last day').fill(lastWeek);
  await dialog.getByRole('button', { name: 'Show these days' }).click();
  await expect(dialog).toBeHidden();
  await expect(deskWindow.main).toContainText('Nothing matches these filters');
  await page.getByRole('button', { name: 'Clear all' }).click();
  await expect(detections.rows).toHaveCount(2);
});

test.describe('with thousands of files and no key', () => {
  test.use({ siteOptions: { key: null } });

  test('only the rows in view are in the page, wherever one scrolls', async ({ site, deskWindow }) => {
    site.alerts.report(
      ...Array.from({ length: 4000 }, (_, index) => ({
        path: `/srv/files/${String(index).padStart(4, '0')}.pdf`,
        at: new Date(Date.now() - index * 60_000),
      })),
    );
    const { detections, page } = deskWindow;
    await deskWindow.goTo('Detections');
    await expect(detections.view('Everything')).toContainText('4,000');
    await detections.row(/0003\.pdf/).hover();
    for (const wanted of [200, 1200, 2500, 3900]) {
      await expect(async () => {
        await page.mouse.wheel(0, 6000);
        const path = await detections.rows.first().getByRole('rowheader').textContent();
        expect(Number(/(\d{4})\.pdf/.exec(path ?? '')?.[1])).toBeGreaterThan(wanted);
      }).toPass({ intervals: [50] });
      expect(await detections.rows.count()).toBeLessThan(80);
    }
  });
});

test('sorting by engines puts what most of them detect on top', async ({ site, deskWindow }) => {
  for (const positives of [3, 58, 17])
    site.report({ path: `/srv/upload/by-${positives}.exe` }, { positives });
  site.alerts.report({ path: '/srv/readme.txt' });
  const { detections } = deskWindow;
  await deskWindow.goTo('Detections');
  await expect(detections.view('To triage')).toContainText('3');
  await detections.sortBy('Engines');
  await expect(detections.rows.getByRole('rowheader')).toHaveText([/by-58/, /by-17/, /by-3/, /readme/]);
  await detections.sortBy('Engines');
  await expect(detections.rows.getByRole('rowheader').last()).toHaveText(/by-58/);
});

/** Malicious, suspicious, clean, without records; on three agents. */
function reportOneOfEach(site: Site): void {
  site.report({ path: '/srv/upload/invoice.exe' }, { positives: 41 });
  site.report({ path: '/srv/upload/packed.dll' }, { suspicious: 2 });
  site.report({ path: '/usr/bin/rsync', agent: 'web-ams-2' }, {});
  site.report({ path: '/usr/bin/curl' }, {});
  site.alerts.report({ path: '/opt/own-tool', agent: 'db-fra-1' });
}
