import { expectAccessible } from './expect-accessible.ts';
import { expect, test } from './fixtures.ts';

test('launching is accessible in both themes: empty, filled in, refused, asked once more', async ({
  scanWindow,
}) => {
  const { scans, page } = scanWindow;
  await scanWindow.goTo('Scans');
  await expectAccessible(page);
  await scans.choose('web-ams-1', 'build-01', 'win-dc-01');
  await expect(scans.beforeItStarts).toContainText('read from');
  await scans.button(/^Pace and agents/).click();
  await scans.button(/^Start full scan/).click();
  await expect(scans.launch).toContainText('Say that it may');
  await expectAccessible(page);
  await scans.giveConsent();
  await scans.button('Start full scan on 2 agents').click();
  await scanWindow.dialog('Full scan on 2 agents').waitFor();
  await expectAccessible(page);
  await page.keyboard.press('Escape');
  await scans.button('Show request').click();
  await scanWindow.dialog('What would be sent').waitFor();
  await expectAccessible(page);
  await page.keyboard.press('Escape');
  await scans.button('What each one is called').click();
  await scanWindow.dialog('What each kind is called').waitFor();
  await expectAccessible(page);
});

test('evidence is accessible in both themes: of a scan, of an order, in the history', async ({
  scanWindow,
}) => {
  const { scans, page, main } = scanWindow;
  await scanWindow.goTo('Scans');
  await scans.choose('web-ams-1', 'web-ams-2');
  await scans.chooseKind('Database update');
  await scans.button('Update databases on 2 agents').click();
  await scanWindow
    .dialog('Database update on 2 agents')
    .getByRole('button', { name: /^Update/ })
    .click();
  await expect(scans.evidence).toContainText('2 of 2 ended', { timeout: 30_000 });
  await expectAccessible(page);
  await scans.evidence
    .getByRole('link', { name: /^web-ams-2:/ })
    .first()
    .click();
  await expect(scans.steps.first()).toBeVisible();
  await expectAccessible(page);
  await main.getByRole('link', { name: 'All scans' }).click();
  await scans.history.getByRole('row').filter({ hasText: 'web-ams-1' }).first().click();
  await expect(page.getByRole('complementary', { name: /^Evidence/ })).toBeVisible();
  await expectAccessible(page);
});

test('KES on an agent is accessible in both themes: its section, its access, its script', async ({
  scanWindow,
}) => {
  const { agents, page } = scanWindow;
  await scanWindow.goTo('Agents');
  await agents.row('web-ams-1').click();
  const kes = agents.section('Kaspersky Endpoint Security');
  await expect(kes).toContainText('SSH to it');
  await expectAccessible(page);
  await kes.getByRole('button', { name: 'Change' }).click();
  await scanWindow.dialog('SSH to agents').waitFor();
  await expectAccessible(page);
  await page.keyboard.press('Escape');
  await kes.getByRole('button', { name: 'By hand' }).click();
  const byHand = scanWindow.dialog('The agent script, by hand');
  // However long the script: what can be done stays in the window.
  await expect(byHand.getByRole('button', { name: 'Save the script' })).toBeInViewport({ ratio: 1 });
  await expectAccessible(page);
});
