import { expect, test } from './fixtures.ts';
import { tabTo } from './keyboard.ts';

test('what was decided about a file, and why, survives a reload', async ({ site, deskWindow }) => {
  site.report({ path: '/srv/upload/invoice.exe' }, { positives: 41 });
  const { detections, drawer, page } = deskWindow;
  await deskWindow.goTo('Detections');
  await detections.row(/invoice/).click();
  await drawer.triage('False positive');
  await drawer.note.fill('Our own build, signed in October.');
  await expect(drawer.section('Triage')).toContainText('Note saved');

  await page.reload();
  await expect(drawer.state('False positive')).toBeChecked();
  await expect(drawer.note).toHaveValue('Our own build, signed in October.');
  await expect(detections.row(/invoice/)).toContainText('False positive');
  await expect(detections.view('To triage')).toContainText('0');
});

test('a whole triage needs no mouse: open, next, decide, note, close', async ({ site, deskWindow }) => {
  site.report({ path: '/srv/upload/first.exe', at: secondsAgo(20) }, { positives: 7 });
  site.report({ path: '/srv/upload/second.exe', at: secondsAgo(30) }, { positives: 9 });
  const { detections, drawer, page } = deskWindow;
  await deskWindow.goTo('Detections');
  // The list is in the order of the verdicts: only when both are shown does it stay as it is.
  await expect(detections.row(/first/)).toContainText('Malicious');
  await expect(detections.row(/second/)).toContainText('Malicious');
  await expect(detections.view('To triage')).toContainText('2');
  const paths = await detections.rows.getByRole('rowheader').allTextContents();
  const [top = '', below = ''] = paths.map((path) => path.split('/').at(-1) ?? '');

  await tabTo(page, detections.rows.first());
  await page.keyboard.press('Enter');
  await expect(drawer.name).toHaveText(top);
  await page.keyboard.press('j');
  await expect(drawer.name).toHaveText(below);
  await page.keyboard.press('k');
  await expect(drawer.name).toHaveText(top);
  await page.keyboard.press('i');
  await expect(drawer.state('Investigating')).toBeChecked();
  await page.keyboard.press('n');
  await expect(drawer.note).toBeFocused();
  await page.keyboard.type('jkirf: letters in a note are letters');
  await expect(drawer.note).toHaveValue('jkirf: letters in a note are letters');
  await page.keyboard.press('Escape');

  await expect(drawer.pane).toBeHidden();
  await expect(detections.row(new RegExp(top))).toBeFocused();
  await expect(detections.row(new RegExp(top))).toContainText('Investigating');
  await page.keyboard.press('Enter');
  await expect(drawer.note).toHaveValue('jkirf: letters in a note are letters');
});

test('single letters do nothing where they were switched off', async ({ site, deskWindow }) => {
  site.report({ path: '/srv/upload/invoice.exe' }, { positives: 41 });
  const { detections, drawer, settings, page } = deskWindow;
  await settings.open('Appearance');
  await page.getByRole('switch', { name: 'Single-letter keys' }).uncheck({ force: true });
  await deskWindow.goTo('Detections');
  await expect(deskWindow.main).toContainText('Single-letter keys are off.');
  await detections.row(/invoice/).click();
  await page.keyboard.press('i');
  await page.keyboard.press('r');
  await expect(drawer.state('New')).toBeChecked();
});

function secondsAgo(seconds: number): Date {
  return new Date(Date.now() - seconds * 1000);
}
