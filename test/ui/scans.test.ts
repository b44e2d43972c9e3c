import { expect, test } from './fixtures.ts';
import { tabTo } from './keyboard.ts';
import { pull } from './site/pull.ts';

test('from a detection to a scan of its folder over SSH, and to what KES says of the file there', async ({
  scanLab,
  scanWindow,
}) => {
  const { detections, drawer, scans, notifications, page } = scanWindow;
  const path = '/srv/upload/order-form.exe';
  await pull(scanLab, 'world/add-file', { agent: 'web-ams-1', path, content: path, verdict: 'malicious' });
  await pull(scanLab, 'agents/infect', { agent: 'web-ams-1', path });
  await scanWindow.goTo('Detections');
  await detections.filterText.fill('order-form');
  await detections.row(/order-form/).click();
  await drawer.button('Scan…').click();
  await page.getByRole('menuitem', { name: 'Its folder there…' }).click();

  await expect(scans.path).toHaveValue('/srv/upload');
  await expect(scans.lookOnly).toBeChecked();
  await expect(scans.beforeItStarts).toContainText('read from the agent');
  await expect(scans.beforeItStarts).toContainText('It looks only');
  await scans.button('Scan folder on 1 agent').click();
  await expect(scans.steps.filter({ hasText: 'Launched on the agent' })).toBeVisible();
  // The next scan of the form is no bolder than the one before.
  await expect(scans.lookOnly).toBeChecked();
  await expect(scans.steps.filter({ hasText: 'Detection' }).first()).toContainText(path, { timeout: 30_000 });
  await expect(scans.evidence.getByRole('article')).toContainText('1 detection, 1 skipped');
  await expect(notifications).toContainText('Folder on web-ams-1, /srv/upload.');
  await expect(scanWindow.spoken('assertive')).toContainText('detection');

  await scans.evidence.getByRole('link', { name: 'The detection' }).click();
  const cross = drawer.section('Kaspersky, there and here');
  await expect(cross).toContainText('KES on hosts');
  await expect(cross.getByRole('link', { name: 'The scan on web-ams-1' })).toBeVisible();
});

test('a file that agents hold under several paths is asked for path by path, and none is left out without a word', async ({
  scanLab,
  scanWindow,
}) => {
  const { detections, drawer, scans } = scanWindow;
  for (const [agent, path] of [
    ['web-ams-1', '/srv/one/two-places.exe'],
    ['web-ams-3', '/srv/two/two-places.exe'],
  ])
    await pull(scanLab, 'world/add-file', { agent, path, content: 'two places', verdict: 'malicious' });
  await scanWindow.goTo('Detections');
  await detections.filterText.fill('two-places');
  await detections.row(/two-places/).click();
  await expect(drawer.section('Where this file is')).toContainText('2 agents');
  await drawer.button('Scan…').click();
  await scanWindow.page.getByRole('menuitem', { name: 'This file on every agent that holds it…' }).click();
  await expect(scans.launch).toContainText('1 more agent holds it under another path');
  const before = await scans.path.inputValue();
  await scans.launch.getByRole('button', { name: /^Take web-ams-/ }).click();
  await expect(scans.path).not.toHaveValue(before);
  await expect(scans.chosenAgents).toContainText(before.includes('one') ? 'web-ams-3' : 'web-ams-1');
});

test('from a detection on one agent, the field adds the others that hold the file, and names other paths', async ({
  scanLab,
  scanWindow,
}) => {
  const { detections, drawer, scans, page } = scanWindow;
  for (const [agent, path] of [
    ['web-ams-1', '/srv/one/by-field.exe'],
    ['web-ams-3', '/srv/two/by-field.exe'],
  ])
    await pull(scanLab, 'world/add-file', { agent, path, content: 'by the field', verdict: 'malicious' });
  await scanWindow.goTo('Detections');
  await detections.filterText.fill('by-field');
  await detections.row(/by-field/).click();
  await expect(drawer.section('Where this file is')).toContainText('2 agents');
  await drawer.button('Scan…').click();
  await page.getByRole('menuitem', { name: /^This file on web-ams-/ }).click();
  await expect(scans.path).toHaveValue(/by-field/);
  await expect(scans.launch).not.toContainText('under another path');
  await scans.agentsField.fill('every agent that holds');
  await page.getByRole('option', { name: /^Every agent that holds by-field/ }).click();
  await expect(scans.launch).toContainText('1 more agent holds it under another path');
});

test('through Wazuh’s wrapper: the caveat is said before, and afterwards no more than was seen', async ({
  scanWindow,
}) => {
  const { scans, page } = scanWindow;
  await scanWindow.goTo('Scans');
  await scans.choose('db-fra-2');
  await expect(scans.beforeItStarts).toContainText('manager API, Wazuh’s wrapper');
  await expect(scans.beforeItStarts).toContainText('closes kesl-control’s output');
  await expect(scans.beforeItStarts).toContainText('KES will act');
  await scans.button('Show request').click();
  await expect(scanWindow.dialog('What would be sent')).toContainText('!kaspersky');
  await page.keyboard.press('Escape');
  await scans.giveConsent();
  await scans.button('Start full scan on 1 agent').click();
  await expect(scans.steps.filter({ hasText: 'Accepted' })).toContainText('manager API');
  await expect(scans.evidence).toContainText('Started; no result seen', { timeout: 30_000 });
  await expect(scans.steps.filter({ hasText: 'What it found' })).toContainText('hands no result back');
});

test('nothing is sent before somebody says that KES may act', async ({ scanWindow }) => {
  const { scans } = scanWindow;
  await scanWindow.goTo('Scans');
  await scans.choose('build-01');
  await expect(scans.beforeItStarts).toBeVisible();
  await scans.button('Start full scan on 1 agent').click();
  await expect(scans.launch).toContainText('Say that it may, or choose another kind.');
  await expect(scans.latest('build-01')).toHaveCount(0);
  await scans.giveConsent();
  await scans.choose('mail-ams-2');
  await expect(scans.consent).not.toBeChecked();
});

test('what cannot be is refused with the reason: no KES for Windows, and a KES that is stopped', async ({
  scanLab,
  scanWindow,
}) => {
  const { scans } = scanWindow;
  await scanWindow.goTo('Scans');
  await scans.choose('win-hr-03');
  await expect(scanWindow.notice('It cannot be sent to this agent')).toContainText('no KES for Linux');
  await expect(scans.button(/^Start full scan/)).toBeDisabled();
  await scans.launch.getByRole('button', { name: 'Remove win-hr-03' }).click();

  await pull(scanLab, 'agents/change', { agent: 'web-ams-1', isKesUp: false });
  try {
    await scans.choose('web-ams-1');
    await expect(
      scans.beforeItStarts.getByRole('listitem', { name: 'Service, speaks against it' }),
    ).toBeVisible();
    await scans.giveConsent();
    await scans.button('Start full scan on 1 agent').click();
    await expect(scans.launch.getByRole('alert')).toContainText('speaks against it');
  } finally {
    await pull(scanLab, 'agents/change', { agent: 'web-ams-1', isKesUp: true });
  }
});

test('one agent goes first: when it fails the others wait for a person', async ({ scanWindow }) => {
  const { scans } = scanWindow;
  await scanWindow.goTo('Scans');
  await scans.choose('web-ams-2', 'web-ams-1', 'web-ams-3');
  await scans.chooseKind('Database update');
  await scans.button('Update databases on 3 agents').click();
  const dialog = scanWindow.dialog('Database update on 3 agents');
  await expect(dialog.getByRole('list', { name: 'Agents it is sent to' })).toContainText('web-ams-2');
  await dialog.getByRole('button', { name: 'Update databases on 3 agents' }).click();
  const held = scanWindow.notice('Held: 2 not sent');
  await expect(held).toBeVisible({ timeout: 30_000 });
  await held.getByRole('button', { name: 'Go on with the other 2' }).click();
  await expect(scans.evidence).toContainText('3 of 3 ended', { timeout: 30_000 });
  await expect(scans.evidence.getByRole('list', { name: 'Scans by state' })).toContainText(/Done\s*2/);
  await expect(scans.latest('3 agents')).toContainText('1 failed, 2 done; 3 in all');
});

test('a scan that waits for its agent is taken back', async ({ scanLab, scanWindow }) => {
  const { scans, main } = scanWindow;
  await pull(scanLab, 'agents/disconnect', { agent: 'mail-ams-1' });
  await scanWindow.goTo('Agents');
  await main.getByRole('button', { name: 'Ask the managers again' }).click();
  await expect(scanWindow.agents.row('mail-ams-1')).toContainText('Disconnected');
  await scanWindow.agents.row('mail-ams-1').click();
  await scanWindow.agents.drawer.getByRole('button', { name: 'Scan it…' }).click();
  await scans.giveConsent();
  await scans.button('Start full scan on 1 agent').click();
  await expect(scans.steps.filter({ hasText: 'Waits for the agent' })).toBeVisible();
  await scans.evidence.getByRole('button', { name: 'Cancel scan' }).click();
  await expect(scans.evidence.getByRole('article')).toContainText('Cancelled');
  await expect(scans.latest('mail-ams-1')).toContainText('Cancelled');
});

test('what the manager starts by itself is listed with its likely cause', async ({ scanLab, scanWindow }) => {
  const { scans, page } = scanWindow;
  await scanWindow.goTo('Scans');
  await pull(scanLab, 'agents/trigger', { agent: 'web-ams-3' });
  await page.getByRole('main').getByRole('link', { name: 'All scans' }).click();
  await page.getByRole('checkbox', { name: 'Automatic only' }).check({ force: true });
  const row = scans.history.getByRole('row').filter({ hasText: 'web-ams-3' }).first();
  await expect(row).toContainText('automatic', { timeout: 30_000 });
  await row.click();
  const cause = scanWindow.notice('Most likely caused by rule 5104');
  await expect(cause).toContainText('Likely, not certain');
});

test('who asked what is kept whole, and exported', async ({ scanWindow }) => {
  const { scans, settings, page, main } = scanWindow;
  await scanWindow.goTo('Scans');
  await scans.choose('web-ams-1');
  await scans.chooseKind('Database update');
  await scans.button('Update databases on 1 agent').click();
  await expect(scans.evidence).toContainText('Asked for');
  await settings.open('Audit trail');
  await expect(main).toContainText(/Whole: \d+ entr/);
  await expect(main.getByRole('list', { name: 'Entries, newest first' })).toContainText('scan update');
  const [download] = await Promise.all([
    page.waitForEvent('download'),
    main.getByRole('button', { name: 'Export' }).click(),
  ]);
  expect(download.suggestedFilename()).toContain('audit');
});

test('a scan is started without a mouse', async ({ scanWindow }) => {
  const { scans, page } = scanWindow;
  await scanWindow.goTo('Scans');
  await tabTo(page, scans.agentsField);
  // Before it stands in the list: who types fast gets what was typed.
  await page.keyboard.type('web-ams-3');
  await page.keyboard.press('Enter');
  await expect(scans.chosenAgents).toContainText('web-ams-3');
  await tabTo(page, scans.kind('Full'));
  for (const next of ['File or folder', 'Real-time on'] as const) {
    await page.keyboard.press('ArrowDown');
    await expect(scans.kind(next)).toBeChecked();
  }
  await tabTo(page, scans.button('Switch protection on on 1 agent'));
  await page.keyboard.press('Enter');
  await expect(scans.evidence).toContainText('Real-time protection runs', { timeout: 30_000 });
});

test('agents are ticked in their list and scanned together', async ({ scanWindow }) => {
  const { agents, scans, page } = scanWindow;
  await scanWindow.goTo('Agents');
  for (const name of ['web-ams-1', 'web-ams-3']) {
    await page.getByRole('checkbox', { name: `Tick ${name}` }).check({ force: true });
  }
  await expect(agents.drawer).toBeHidden();
  const bar = page.getByRole('region', { name: 'Ticked agents' });
  await expect(bar).toContainText('2 agents ticked');
  await bar.getByRole('button', { name: 'Scan them…' }).click();
  await expect(scans.chosenAgents).toContainText('web-ams-1');
  await expect(scans.chosenAgents).toContainText('web-ams-3');
});
