import { hashesOf } from '../builders/a-known-file.ts';
import { expect, test } from './fixtures.ts';

const PATH = '/usr/local/bin/backup.sh';

test('a clean file that turns malicious alarms on any screen, is announced, and shows that it turned', async ({
  site,
  deskWindow,
}) => {
  site.report({ path: PATH }, {});
  const { detections, drawer, overview, page } = deskWindow;
  await deskWindow.goTo('Detections');
  await expect(detections.row(/backup/)).toContainText('Clean');

  site.virustotal.control.changeVerdict(hashesOf(PATH).sha256, 23);
  await detections.row(/backup/).click();
  await drawer.button('Check again now').click();
  await deskWindow.goTo('Settings');

  const alarm = page
    .getByRole('listitem')
    .filter({ has: page.getByRole('button', { name: 'Later' }) })
    .filter({ hasText: 'backup.sh turned malicious' });
  await expect(alarm).toContainText('23 of');
  await expect(deskWindow.spoken('assertive')).toContainText('backup.sh turned malicious. 23 of');
  await alarm.getByRole('button', { name: 'Review' }).click();

  await expect(drawer.pane).toContainText('turned');
  await expect(drawer.section('Verdicts').getByRole('listitem')).toHaveText([
    /Malicious.*re-check.*turned/,
    /Clean.*lookup/,
  ]);
  await expect(detections.view('Turned malicious')).toContainText('1');
  await expect(alarm).toBeHidden();
  await deskWindow.goTo('Overview');
  await expect(overview.attention).toContainText('backup.sh turned malicious');
  await expect(overview.attention).toContainText(/Clean on .*, now 23\//);
});
