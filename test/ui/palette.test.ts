import { expect, test } from './fixtures.ts';
import { hashesOf } from '../builders/a-known-file.ts';

test('screens, files and agents are reached from the palette without a mouse', async ({
  site,
  deskWindow,
}) => {
  site.report({ path: '/srv/upload/invoice.exe' }, { positives: 41 });
  const { palette, page, agents, drawer, statusBar } = deskWindow;
  await expect(statusBar).toContainText('0 queued');
  await palette.open();
  await expect(palette.field).toBeFocused();
  await page.keyboard.type('exclus');
  await expect(palette.entry('Exclusions and mutes')).toBeVisible();
  await page.keyboard.press('Enter');
  await expect(page.getByRole('textbox', { name: 'Path' })).toBeVisible();

  await palette.open();
  await page.keyboard.type('invoice');
  await expect(palette.entry(/invoice\.exe/)).toBeVisible();
  await page.keyboard.press('Enter');
  await expect(drawer.name).toHaveText('invoice.exe');

  await palette.open();
  await page.keyboard.type('web-ams-1');
  await palette.entry(/^web-ams-1/).waitFor();
  await expect(palette.entry(/invoice\.exe/)).toBeVisible();
  await page.keyboard.press('ArrowDown');
  await page.keyboard.press('Enter');
  await expect(palette.dialog).toBeHidden();
  await expect(agents.name).toHaveText('web-ams-1');
});

test('a hash that was never seen is asked about from the palette', async ({ site, deskWindow }) => {
  site.know('dropper', { positives: 12 });
  const { sha256 } = hashesOf('dropper');
  const { palette, checkDialog, drawer, page } = deskWindow;
  await palette.open();
  await page.keyboard.type(sha256);
  await expect(palette.entry(/Ask VirusTotal about/)).toBeVisible();
  await page.keyboard.press('Enter');
  await expect(checkDialog.field).toHaveValue(sha256);
  await page.keyboard.press('Enter');
  await expect(drawer.section('Engines')).toContainText('12 of');
});

test('Esc closes the palette and gives the focus back', async ({ labWindow }) => {
  const { palette, page } = labWindow;
  await labWindow.goTo('Detections');
  await labWindow.detections.filterText.focus();
  await palette.open();
  await page.keyboard.type('nothing at all is called so');
  await expect(palette.dialog).toContainText('Nothing is called');
  await page.keyboard.press('Escape');
  await page.keyboard.press('Escape');
  await expect(palette.dialog).toBeHidden();
  await expect(labWindow.detections.filterText).toBeFocused();
});

test('the theme is changed from the palette', async ({ labWindow }) => {
  const { palette, page } = labWindow;
  await palette.open();
  await page.keyboard.type('dark');
  await expect(palette.entry(/^Dark theme/)).toBeVisible();
  await page.keyboard.press('Enter');
  await expect(page.locator('html')).toHaveAttribute('data-theme', 'dark');
});
