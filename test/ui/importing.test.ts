import { rmSync, statSync } from 'node:fs';
import { join } from 'node:path';
import type { Page } from '@playwright/test';
import { makeAlerts } from '../../build/bench/make-alerts.mjs';
import { expect, test } from './fixtures.ts';

test('a dropped file is imported, and reading it again changes nothing', async ({ site, deskWindow }) => {
  const { page, overview } = deskWindow;
  const archive = site.alertsArchive('ossec-alerts-20.json', [
    { path: '/srv/upload/invoice.exe' },
    { path: '/usr/bin/rsync' },
    { path: '/usr/bin/rsync', agent: 'web-ams-2' },
  ]);
  await drop(page, archive.name, archive.text);
  await expect(overview.imports).toContainText('ossec-alerts-20.json: 3 FIM events read');
  await expect(overview.sum).toContainText('3of 3');
  await overview.imports.getByRole('button', { name: 'Dismiss ossec-alerts-20.json' }).click();
  await expect(overview.imports).toBeHidden();

  await drop(page, archive.name, archive.text);
  await expect(overview.imports).toContainText('3 of them known already');
  await expect(overview.sum).toContainText('3of 3');
});

test('a large file shows how far it is, and is cancelled with what was read kept', async ({
  site,
  deskWindow,
}) => {
  const { page, overview, statusBar } = deskWindow;
  const large = join(site.desk.dataFolder, 'large-alerts.json');
  makeAlerts(150_000_000, 1, large);
  await overview.addAlertFile(large, 'Read once');
  const progress = overview.imports.getByRole('progressbar', { name: 'Importing large-alerts.json' });
  await expect(progress).toBeVisible();
  await expect(statusBar).toContainText(/Importing\s+[1-9][\d.]*\s*%/);
  await overview.imports.getByRole('button', { name: 'Cancel importing large-alerts.json' }).click();
  await expect(overview.imports).toContainText(/large-alerts.json: cancelled after [\d,]+ FIM events/);
  await expect(overview.sum).toContainText('Nothing dropped');
  const { accounted } = await overview.accountedFor();
  expect(accounted).toBeGreaterThan(0);
  expect(statSync(large).size).toBeGreaterThan(150_000_000 - 1);
  rmSync(large);
  await expect(page.getByRole('alert')).toBeHidden();
});

test('a dropped file larger than one message arrives whole', async ({ site, deskWindow }) => {
  const { page, overview } = deskWindow;
  const events = 5000;
  const archive = site.alertsArchive(
    'alerts.json',
    Array.from({ length: events }, (_, index) => ({
      path: `/srv/files/${index % 40}`,
      at: secondsAgo(index),
    })),
  );
  expect(archive.text.length).toBeGreaterThan(3_000_000);
  await drop(page, archive.name, archive.text);
  await expect(overview.imports).toContainText('alerts.json: 5,000 FIM events read');
  await expect(overview.sum).toContainText('5,000of 5,000');
});

test('a file that is not there says so, with what to do', async ({ deskWindow }) => {
  const { overview } = deskWindow;
  await overview.addAlertFile('/nowhere/alerts.json', 'Read once');
  await expect(overview.imports).toContainText('/nowhere/alerts.json');
  await expect(overview.imports).toContainText('Check the path');
});

function secondsAgo(seconds: number): Date {
  return new Date(Date.now() - seconds * 1000);
}

/** As a file dragged from the desktop. */
async function drop(page: Page, name: string, text: string): Promise<void> {
  const files = await page.evaluateHandle(
    ([fileName, content]) => {
      const transfer = new DataTransfer();
      transfer.items.add(new File([content], fileName, { type: 'application/json' }));
      return transfer;
    },
    [name, text] as const,
  );
  await page.getByRole('main').dispatchEvent('dragenter', { dataTransfer: files });
  await expect(page.getByText('Drop to read it once')).toBeVisible();
  await page.getByRole('main').dispatchEvent('drop', { dataTransfer: files });
}
