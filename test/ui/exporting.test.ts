import { readFile } from 'node:fs/promises';
import { expect, test } from './fixtures.ts';

test('the list as it is filtered is saved as CSV, harmless to a spreadsheet', async ({
  site,
  deskWindow,
}) => {
  site.report({ path: '/srv/upload/invoice.exe' }, { positives: 41 });
  site.report({ path: '=HYPERLINK("http://example.org")' }, { positives: 3 });
  site.report({ path: '/usr/bin/rsync' }, {});
  const { detections, page } = deskWindow;
  await deskWindow.goTo('Detections');
  await detections.view('To triage').click();
  await expect(detections.rows).toHaveCount(2);

  const download = page.waitForEvent('download');
  await detections.exportButton.click();
  await page.getByRole('menuitem', { name: /^CSV/ }).click();
  const file = await download;
  expect(file.suggestedFilename()).toMatch(/^verdict-desk-detections-.*\.csv$/);
  const lines = (await readFile(await file.path(), 'utf8')).trimEnd().split('\r\n');
  expect(lines[0]).toMatch(/^standing,positives,/);
  expect(lines).toHaveLength(3);
  expect(lines.join('\n')).toContain('/srv/upload/invoice.exe');
  expect(lines.join('\n')).not.toMatch(/(^|,)"?=/m);
  await expect(deskWindow.spoken('polite')).toHaveText('2 rows exported');
});
