import { LAB_KEY } from '../../src-main/lab/virustotal/lab-virustotal.ts';
import { expect, test } from './fixtures.ts';
import type { DeskWindow } from './screens/desk-window.ts';

// Put together here so that no scanner takes it for a leaked key: it is the documentation's example.
const SAMPLE_KEY = ['4548f9e04e6e5f83cf00746f9680805c', 'a1cb3cff542da54297fb14fceceb4f04'].join('');
const WRONG_KEY = 'f00d'.repeat(16);

test.use({ siteOptions: { key: null } });

test('without a key files wait, and the overview leads to where one is entered', async ({
  site,
  deskWindow,
}) => {
  site.report({ path: '/srv/upload/invoice.exe' }, { positives: 41 });
  const { overview, settings } = deskWindow;
  await expect(overview.queue).toContainText('No VirusTotal key yet');
  await expect(overview.queue).toContainText('1 file waits; nothing is lost.');
  await overview.queue.getByRole('link', { name: 'Enter a key' }).click();
  await expect(settings.keyField).toBeVisible();
});

test('the documentation’s sample key, a malformed one and one without its terms are refused before anything is stored', async ({
  site,
  deskWindow,
}) => {
  const { settings, page } = deskWindow;
  await settings.open('VirusTotal');
  await settings.keyField.fill(SAMPLE_KEY);
  await page.getByRole('button', { name: 'Test and store' }).click();
  await expect(settings.keyGroup).toContainText('Tick the box first.');
  await settings.enterKey(SAMPLE_KEY);
  await expect(settings.keyGroup).toContainText('This is the example key printed in the Wazuh documentation');
  await settings.enterKey('two words');
  await expect(settings.keyGroup).toContainText('A key holds no blanks');
  expect(site.virustotal.control.requests()).toEqual([]);
  await expect(page.getByText('A key is stored')).toBeHidden();
});

test('a wrong key and a network that is away are told apart, and neither key is stored', async ({
  site,
  deskWindow,
}) => {
  const { settings, page } = deskWindow;
  await settings.open('VirusTotal');
  await settings.enterKey(WRONG_KEY);
  await expect(settings.keyGroup).toContainText('VirusTotal does not accept this key. It was not stored.');
  await site.virustotal.control.refuseConnections();
  await settings.enterKey(LAB_KEY);
  await expect(settings.keyGroup).toContainText('The key could not be tested:');
  await expect(settings.keyGroup).toContainText('Check the network, the proxy');
  await expect(page.getByText('A key is stored')).toBeHidden();
});

test('a good key is accepted, the waiting files are asked about, and the key is never shown again', async ({
  site,
  deskWindow,
}) => {
  const { settings, overview, page } = deskWindow;
  const received = framesReceived(deskWindow);
  await page.reload();
  site.report({ path: '/srv/upload/invoice.exe' }, { positives: 41 });
  await settings.open('VirusTotal');
  await settings.enterKey(LAB_KEY);
  await expect(page.getByText('A key is stored')).toBeVisible();
  await expect(settings.group('Allowance')).toContainText(/of 6,000/);
  await deskWindow.goTo('Overview');
  await expect(overview.latest).toContainText('invoice.exe');

  await settings.open('VirusTotal');
  await page.reload();
  await expect(page.getByText('A key is stored')).toBeVisible();
  expect(await page.content()).not.toContain(LAB_KEY);
  expect(await fieldValues(deskWindow)).not.toContain(LAB_KEY);
  expect(await storedTexts(deskWindow)).not.toContain(LAB_KEY);
  expect(received.length).toBeGreaterThan(0);
  expect(received.filter((frame) => frame.includes(LAB_KEY))).toEqual([]);

  await page.getByRole('button', { name: 'Remove key' }).click();
  await expect(settings.keyField).toBeVisible();
});

test('an allowance that is used up is told with when it goes on, and a key with a larger one goes on at once', async ({
  site,
  deskWindow,
}) => {
  const { overview, settings, page } = deskWindow;
  site.virustotal.control.setLimits({ perMinute: 6000, perDay: 2, perMonth: null });
  await settings.open('VirusTotal');
  await settings.enterKey(LAB_KEY);
  await expect(page.getByText('A key is stored')).toBeVisible();
  for (const name of ['a', 'b', 'c', 'd', 'e']) site.report({ path: `/srv/${name}.exe` }, {});
  await deskWindow.goTo('Overview');
  await expect(overview.queue).toContainText('Today’s 2 lookups are used');
  await expect(overview.queue).toContainText('3 files stay queued, new executables first.');
  await expect(overview.queue.getByRole('meter', { name: 'Day quota' })).toHaveAttribute(
    'aria-valuetext',
    '2 of 2',
  );
  await expect(overview.sum).toContainText('5of 5');

  site.virustotal.control.setLimits({ perMinute: 6000, perDay: 500, perMonth: null });
  await settings.open('VirusTotal');
  await page.getByRole('button', { name: 'Replace key' }).click();
  await settings.enterKey(LAB_KEY);
  await expect(settings.keyField).toBeHidden();
  await deskWindow.goTo('Overview');
  await expect(overview.queue).toContainText('Nothing waits.');
  await settings.open('VirusTotal');
  await page.getByRole('button', { name: 'Remove key' }).click();
  await expect(settings.keyField).toBeVisible();
});

test('a key that is withdrawn is told once, asked about once, and replaced', async ({ site, deskWindow }) => {
  const { overview, settings, page } = deskWindow;
  await settings.open('VirusTotal');
  await settings.enterKey(LAB_KEY);
  await expect(page.getByText('A key is stored')).toBeVisible();
  site.virustotal.control.acceptKeys([WRONG_KEY]);
  site.virustotal.control.clearRequests();
  for (const name of ['a', 'b', 'c']) site.report({ path: `/srv/${name}.exe` }, {});
  await deskWindow.goTo('Overview');
  await expect(overview.queue.getByRole('group', { name: 'VirusTotal does not accept the key' })).toHaveCount(
    1,
  );
  await expect(overview.queue).toContainText('The queue is paused with 3 files in it; nothing is lost.');
  const refused = site.virustotal.control
    .requests()
    .filter(({ asked, status }) => asked === 'file' && status === 401);
  expect(refused).toHaveLength(1);

  await overview.queue.getByRole('link', { name: 'Replace key' }).click();
  await page.getByRole('button', { name: 'Replace key' }).click();
  await settings.enterKey(WRONG_KEY);
  await deskWindow.goTo('Overview');
  await expect(overview.queue).toContainText('Nothing waits.');
  await settings.open('VirusTotal');
  await page.getByRole('button', { name: 'Remove key' }).click();
  await expect(settings.keyField).toBeVisible();
});

/** What the server sends from now on, the next link included. */
function framesReceived({ page }: DeskWindow): readonly string[] {
  const frames: string[] = [];
  page.on('websocket', (socket) =>
    socket.on('framereceived', ({ payload }) => frames.push(payload.toString())),
  );
  return frames;
}

async function fieldValues({ page }: DeskWindow): Promise<string> {
  return page.evaluate(() => [...document.querySelectorAll('input')].map(({ value }) => value).join('\n'));
}

async function storedTexts({ page }: DeskWindow): Promise<string> {
  return page.evaluate(() =>
    [
      ...Object.values<unknown>(localStorage),
      ...Object.values<unknown>(sessionStorage),
      document.cookie,
    ].join('\n'),
  );
}
