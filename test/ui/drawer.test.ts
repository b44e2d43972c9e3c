import { hashesOf } from '../builders/a-known-file.ts';
import { expect, test } from './fixtures.ts';

const PATH = '/srv/upload/invoice.exe';
const { sha256, sha1, md5 } = hashesOf(PATH);

test('a file’s whole story stands in the drawer: verdict, engines, places and the alert as it was written', async ({
  site,
  deskWindow,
}) => {
  site.report({ path: PATH }, { positives: 41, threat: { family: 'Mirai', category: 'trojan' } });
  site.alerts.report({ path: '/tmp/copy.exe', content: PATH, agent: 'web-ams-2' });
  const { detections, drawer, page } = deskWindow;
  await deskWindow.goTo('Detections');
  await detections.row(/copy\.exe|invoice\.exe/).click();

  await expect(drawer.section('Verdicts')).toContainText('Malicious');
  await expect(drawer.section('Verdicts')).toContainText('lookup');
  await expect(drawer.section('Engines')).toContainText(/41 of \d+/);
  await drawer.button(/^All \d+ engines/).click();
  const engines = deskWindow.dialog(/engines$/);
  await engines.getByRole('textbox').fill('mirai');
  await expect(engines.getByRole('row').nth(1)).toContainText(/mirai/i);
  await page.keyboard.press('Escape');

  const places = drawer.section('Where this file is');
  await expect(places).toContainText('2 agents, 2 events');
  await expect(places.getByRole('listitem')).toHaveText([/web-ams-2.*copy\.exe/, /web-ams-1.*invoice\.exe/]);

  const source = drawer.section('Source alert');
  await source.getByRole('button', { name: 'Show' }).click();
  await expect(source).toContainText(`"sha256_after":"${sha256}"`);
  await source.getByRole('button', { name: 'Indented' }).click();
  await expect(source).toContainText('"path": "/tmp/copy.exe"');
});

test('every hash is copied whole', async ({ site, openWindow }) => {
  site.report({ path: PATH }, { positives: 1 });
  const window = await openWindow(site.desk, { permissions: ['clipboard-read', 'clipboard-write'] });
  await window.welcome.follow(site.alerts.path);
  await window.goTo('Detections');
  await window.detections.row(/invoice/).click();
  for (const [name, hex] of Object.entries({ 'SHA-256': sha256, 'SHA-1': sha1, MD5: md5 })) {
    await window.drawer.button(`Copy ${name}`).click();
    await expect(window.spoken('polite')).toHaveText(`${name} copied`);
    expect(await window.page.evaluate(() => navigator.clipboard.readText())).toBe(hex);
  }
});

test('the report opens at VirusTotal, outside, without telling where it was opened from', async ({
  site,
  deskWindow,
}) => {
  site.report({ path: PATH }, { positives: 1 });
  await deskWindow.goTo('Detections');
  await deskWindow.detections.row(/invoice/).click();
  const link = deskWindow.drawer.pane.getByRole('link', { name: 'Open at VirusTotal' });
  await expect(link).toHaveAttribute('href', `https://www.virustotal.com/gui/file/${sha256}`);
  await expect(link).toHaveAttribute('target', '_blank');
  await expect(link).toHaveAttribute('rel', /noreferrer/);
});

test('the drawer is reached by its address, and closes with Esc back to its row', async ({
  site,
  deskWindow,
}) => {
  site.report({ path: PATH }, { positives: 1 });
  const { detections, drawer, page } = deskWindow;
  await deskWindow.goTo('Detections');
  await detections.row(/invoice/).click();
  await page.reload();
  await expect(drawer.name).toHaveText('invoice.exe');
  await detections.row(/invoice/).focus();
  await page.keyboard.press('Escape');
  await expect(drawer.pane).toBeHidden();
  await expect(detections.row(/invoice/)).toBeFocused();
});
