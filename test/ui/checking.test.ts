import { createHash } from 'node:crypto';
import { hashesOf } from '../builders/a-known-file.ts';
import { expect, test } from './fixtures.ts';

test('a typed hash is asked about ahead of the queue, and its answer opens', async ({ site, deskWindow }) => {
  site.know('dropper', { positives: 33 });
  const { checkDialog, drawer } = deskWindow;
  await deskWindow.goTo('Detections');
  await checkDialog.open();
  await checkDialog.field.fill('12ab');
  await checkDialog.ask.click();
  await expect(checkDialog.dialog).toContainText('This has 4 digits.');

  await checkDialog.field.fill(` ${hashesOf('dropper').md5.toUpperCase()} `);
  await expect(checkDialog.dialog).toContainText('MD5 recognised.');
  await checkDialog.ask.click();
  await expect(checkDialog.dialog).toBeHidden();
  await expect(drawer.section('Engines')).toContainText('33 of');
  await expect(drawer.section('Where this file is')).toContainText('No agent has reported it.');
});

test('a local file is hashed in the window, and only its hash leaves it', async ({ site, deskWindow }) => {
  const content = 'nobody else may read this contract';
  const sha256 = createHash('sha256').update(content).digest('hex');
  const { checkDialog, drawer, page } = deskWindow;
  const sent: string[] = [];
  page.on('websocket', (socket) => socket.on('framesent', ({ payload }) => sent.push(String(payload))));
  await page.reload();
  await deskWindow.goTo('Detections');
  await checkDialog.open();
  await checkDialog.chooseFile({
    name: 'contract.docx',
    mimeType: 'text/plain',
    buffer: Buffer.from(content),
  });
  await expect(checkDialog.field).toHaveValue(sha256);
  await expect(checkDialog.dialog).toContainText('SHA-256 of contract.docx.');
  await checkDialog.ask.click();
  await expect(drawer.pane).toContainText('No records');
  expect(sent.join('\n')).toContain(sha256);
  expect(sent.join('\n')).not.toContain('contract');
  expect(site.virustotal.control.requests().map(({ hash }) => hash)).toContain(sha256);
});

test('an empty file is not asked about', async ({ deskWindow }) => {
  const { checkDialog } = deskWindow;
  await deskWindow.goTo('Detections');
  await checkDialog.open();
  await checkDialog.chooseFile({ name: 'nothing.txt', mimeType: 'text/plain', buffer: Buffer.alloc(0) });
  await expect(checkDialog.dialog.getByRole('alert')).toContainText('nothing.txt is empty.');
});
