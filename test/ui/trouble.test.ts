import { expect, test } from './fixtures.ts';

test('VirusTotal asks to wait: the queue says so, waits, and goes on by itself', async ({
  site,
  deskWindow,
}) => {
  const { overview, statusBar } = deskWindow;
  site.virustotal.control.misbehave({ kind: 'rate-limit', retryAfter: 4 }, { times: 1 });
  site.report({ path: '/srv/upload/invoice.exe' }, { positives: 41 });
  await expect(overview.queue).toContainText('VirusTotal asks to wait');
  await expect(overview.queue).toContainText('Nothing is lost meanwhile.');
  await expect(statusBar).toContainText('rate limited');
  await expect(overview.sum).toContainText('1of 1');
  await expect(overview.latest).toContainText('invoice.exe');
  await expect(overview.queue).toContainText('Nothing waits.');
});

test('the network goes away and comes back: nothing is lost, and each file is asked about once', async ({
  site,
  deskWindow,
}) => {
  const { overview, statusBar, detections, drawer } = deskWindow;
  await site.virustotal.control.refuseConnections();
  site.report({ path: '/srv/upload/invoice.exe' }, { positives: 41 });
  await expect(overview.queue).toContainText('VirusTotal cannot be reached');
  await expect(overview.queue).toContainText('Check the network, the proxy and the VirusTotal address.');
  await expect(statusBar).toContainText('no network');
  await deskWindow.goTo('Detections');
  await detections.row(/invoice/).click();
  await expect(drawer.section('Lookup')).toContainText('VirusTotal cannot be reached.');

  await site.virustotal.control.recover();
  await expect(drawer.section('Verdicts')).toContainText('Malicious', { timeout: 20_000 });
  await expect(drawer.section('Lookup')).toBeHidden();
  const answered = site.virustotal.control
    .requests()
    .filter(({ asked, status }) => asked === 'file' && status === 200);
  expect(answered).toHaveLength(1);
});

for (const [name, misbehaviour] of [
  ['a proxy answers with a page of its own', { kind: 'html', status: 200 }],
  ['VirusTotal fails with 503', { kind: 'server-error', status: 503 }],
  ['answers are cut in the middle', { kind: 'cut' }],
] as const) {
  test(`${name}: no verdict is made of it, and the real one follows`, async ({ site, deskWindow }) => {
    const { overview } = deskWindow;
    site.virustotal.control.misbehave(misbehaviour);
    site.report({ path: '/srv/upload/invoice.exe' }, { positives: 41 });
    await expect(overview.queue.getByRole('group', { name: /VirusTotal/ })).toContainText('tried again');
    await expect(overview.sum).toContainText('1of 1');
    await site.virustotal.control.recover();
    await expect(overview.latest).toContainText('invoice.exe', { timeout: 20_000 });
  });
}

test('a slow VirusTotal never slows the window', async ({ site, deskWindow }) => {
  const { detections, overview, settings } = deskWindow;
  site.virustotal.control.misbehave({ kind: 'slow', delayMs: 4000 }, { times: 1 });
  site.report({ path: '/srv/upload/invoice.exe' }, { positives: 41 });
  await expect(overview.sum).toContainText('1of 1');
  await settings.open('Exclusions');
  await deskWindow.goTo('Detections');
  await expect(detections.row(/invoice/)).toContainText('Queued');
  await expect(detections.row(/invoice/)).toContainText('Malicious', { timeout: 15_000 });
});

test('the queue is paused by hand, and resumed where it says so', async ({ site, deskWindow }) => {
  const { overview, settings, statusBar, page } = deskWindow;
  await settings.open('Queue and re-checks');
  const asking = page.getByRole('switch', { name: 'Ask VirusTotal about waiting files' });
  await expect(asking).toBeChecked();
  await asking.click({ force: true });
  await expect(statusBar).toContainText('paused');
  site.report({ path: '/srv/upload/invoice.exe' }, { positives: 41 });
  await deskWindow.goTo('Overview');
  await expect(overview.queue).toContainText('You paused the queue');
  await overview.queue.getByRole('button', { name: 'Resume' }).click();
  await expect(overview.latest).toContainText('invoice.exe');
});
