import type { Page } from '@playwright/test';
import { hashesOf } from '../builders/a-known-file.ts';
import { expectAccessible } from './expect-accessible.ts';
import { expect, test } from './fixtures.ts';
import { tabTo } from './keyboard.ts';

test('welcome is accessible in both themes', async ({ site, openWindow }) => {
  const { welcome, page } = await openWindow(site.desk);
  for (const way of [
    'Connect to a manager',
    'Follow an alert file',
    'Read a file once',
    'Try it in the lab',
  ] as const) {
    await welcome.choose(way);
    await expectAccessible(page);
  }
});

test('the overview is accessible in both themes, with trouble and with a flip, too', async ({
  site,
  deskWindow,
}) => {
  const { overview, page } = deskWindow;
  await expectAccessible(page);
  site.report({ path: '/srv/upload/invoice.exe' }, { positives: 41 });
  site.report({ path: '/usr/local/bin/backup.sh' }, {});
  site.alerts.write('not an alert, "syscheck"\n');
  await expect(overview.attention).toContainText('could not be read');
  await deskWindow.goTo('Detections');
  await deskWindow.detections.row(/backup/).click();
  site.virustotal.control.changeVerdict(hashesOf('/usr/local/bin/backup.sh').sha256, 23);
  await deskWindow.drawer.button('Check again now').click();
  await expect(page.getByRole('button', { name: 'Later' })).toBeVisible();
  await deskWindow.goTo('Overview');
  await expect(overview.attention).toContainText('turned malicious');
  await expectAccessible(page);

  await site.virustotal.control.refuseConnections();
  site.report({ path: '/srv/upload/later.exe' }, { positives: 41 });
  await expect(overview.queue).toContainText('VirusTotal cannot be reached');
  site.alerts.hide();
  await expect(overview.attention).toContainText('is not there');
  await expectAccessible(page);
});

test('detections are accessible in both themes: list, drawer, dialogs, menus, nothing found', async ({
  site,
  deskWindow,
}) => {
  const { detections, drawer, checkDialog, page } = deskWindow;
  site.report({ path: '/srv/upload/invoice.exe' }, { positives: 41 });
  site.report({ path: '/srv/upload/packed.dll' }, { suspicious: 2 });
  site.report({ path: '/usr/bin/rsync' }, {});
  site.alerts.report({ path: '/opt/own-tool' });
  await deskWindow.goTo('Detections');
  await expect(detections.view('To triage')).toContainText('2');
  await expectAccessible(page);
  await detections.row(/invoice/).click();
  await drawer.section('Source alert').getByRole('button', { name: 'Show' }).click();
  await expectAccessible(page);
  await drawer.button('Mute…').click();
  await expectAccessible(page);
  await page.keyboard.press('Escape');
  await drawer.button(/^All \d+ engines/).click();
  await expectAccessible(page);
  await page.keyboard.press('Escape');
  await drawer.button('Close').click();
  await page.getByRole('button', { name: 'Add a filter' }).click();
  await page.getByRole('menu', { name: 'Add a filter' }).waitFor();
  await expectAccessible(page);
  await page.keyboard.press('Escape');
  await checkDialog.open();
  await checkDialog.ask.click();
  await expectAccessible(page);
  await page.keyboard.press('Escape');
  await detections.filterText.fill('nothing is called so');
  await expect(deskWindow.main).toContainText('Nothing matches');
  await expectAccessible(page);
});

test('settings are accessible in both themes, section by section', async ({ site, deskWindow }) => {
  site.alerts.write('not an alert, "syscheck"\n');
  const { settings, page } = deskWindow;
  for (const section of [
    'Connections',
    'VirusTotal',
    'Queue and re-checks',
    'Exclusions',
    'Alert files',
    'Damaged lines',
    'Audit trail',
    'Appearance',
    'Data',
  ] as const) {
    await settings.open(section);
    await page.getByRole('heading', { level: 2 }).first().waitFor();
    await expectAccessible(page);
  }
});

test('the palette, a lost connection and the key form are accessible in both themes', async ({
  site,
  openWindow,
}) => {
  const window = await openWindow(site.desk);
  window.expectProblems(/WebSocket connection to .* failed/);
  await window.welcome.follow(site.alerts.path);
  await window.palette.open();
  await expectAccessible(window.page);
  await window.page.keyboard.press('Escape');
  await site.desk.kill();
  await expect(window.notice('The window lost its connection to Verdict Desk')).toBeVisible();
  await expectAccessible(window.page);
});

test('every stop of the Tab key shows where the focus is', async ({ labWindow }) => {
  const { page } = labWindow;
  for (const place of ['Overview', 'Detections', 'Scans', 'Agents', 'Settings'] as const) {
    await labWindow.goTo(place);
    for (let stop = 0; stop < 25; stop += 1) {
      await page.keyboard.press('Tab');
      expect(await focusWithoutRing(page)).toBeNull();
    }
  }
});

test('Esc closes the topmost thing and gives the focus back to what opened it', async ({ labWindow }) => {
  const { detections, drawer, page } = labWindow;
  await labWindow.goTo('Detections');
  const check = page.getByRole('main').getByRole('button', { name: 'Check a file or hash' });
  await tabTo(page, check);
  await page.keyboard.press('Enter');
  await expect(labWindow.checkDialog.field).toBeFocused();
  await page.keyboard.press('Escape');
  await expect(check).toBeFocused();

  await detections.rows.first().click();
  await tabTo(page, drawer.button('Mute…'));
  await page.keyboard.press('Enter');
  await labWindow.dialog('What should no longer be asked about?').waitFor();
  await page.keyboard.press('Escape');
  await expect(drawer.button('Mute…')).toBeFocused();
  await page.keyboard.press('Escape');
  await expect(drawer.pane).toBeHidden();
  expect(await page.evaluate(() => document.activeElement?.closest('[role="row"]') !== null)).toBe(true);
});

test('“Skip to the content” is the first stop and leads past the frame', async ({ labWindow }) => {
  const { page, main } = labWindow;
  await page.keyboard.press('Tab');
  const skip = page.getByRole('link', { name: 'Skip to the content' });
  await expect(skip).toBeFocused();
  await expect(skip).toBeInViewport();
  await page.keyboard.press('Enter');
  await expect(main).toBeFocused();
});

/** The focused thing, when neither it nor what frames it shows a ring; null when all is well. */
async function focusWithoutRing(page: Page): Promise<string | null> {
  return page.evaluate(() => {
    const focused = document.activeElement;
    if (!focused || focused === document.body) return null;
    const near = [focused, ...focused.querySelectorAll(':scope > *')];
    for (let frame = focused.parentElement, depth = 0; frame && depth < 4; depth += 1) {
      near.push(frame);
      frame = frame.parentElement;
    }
    const styles = near.flatMap((element) => [
      getComputedStyle(element),
      getComputedStyle(element, '::after'),
    ]);
    const isRinged = styles.some(
      ({ outlineStyle, outlineWidth, boxShadow }) =>
        (outlineStyle !== 'none' && Number.parseFloat(outlineWidth) >= 2) || boxShadow !== 'none',
    );
    return isRinged ? null : focused.outerHTML.slice(0, 200);
  });
}
