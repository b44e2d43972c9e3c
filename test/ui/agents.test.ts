import { expect, test } from './fixtures.ts';
import { tabTo } from './keyboard.ts';

test('the agents of a manager are listed with their status, filtered, and opened', async ({
  managed,
  managedWindow,
}) => {
  const { agents, detections } = managedWindow;
  const name = managed.drop('/srv/upload/invoice.exe');
  await managedWindow.goTo('Agents');
  await expect(agents.row(name)).toContainText('1', { timeout: 20_000 });
  await agents.filterText.fill(name);
  await expect(agents.rows).toHaveCount(1);
  await agents.rows.first().click();
  await expect(agents.name).toHaveText(name);
  await expect(agents.section('Newest detections')).toContainText('invoice.exe');
  await agents.drawer.getByRole('link', { name: 'Show its detections' }).click();
  await expect(detections.row(/invoice/)).toBeVisible();
  await expect(detections.chips).toContainText(name);
});

test('nothing found is told with the way back', async ({ managedWindow }) => {
  const { agents, main } = managedWindow;
  await managedWindow.goTo('Agents');
  await expect(agents.rows.first()).toBeVisible();
  await agents.filterText.fill('no agent is called so');
  await expect(main).toContainText('Nothing matches “no agent is called so”');
  await main.getByRole('button', { name: 'Clear filter' }).last().click();
  await expect(agents.rows.first()).toBeVisible();
});

test('agents are stepped through without a mouse', async ({ managedWindow }) => {
  const { agents, page } = managedWindow;
  await managedWindow.goTo('Agents');
  await expect(agents.rows.nth(1)).toBeVisible();
  await tabTo(page, agents.rows.first());
  await page.keyboard.press('Enter');
  const first = await agents.name.textContent();
  await page.keyboard.press('j');
  await expect(agents.name).not.toHaveText(first ?? '');
  await page.keyboard.press('k');
  await expect(agents.name).toHaveText(first ?? '');
  await page.keyboard.press('Escape');
  await expect(agents.drawer).toBeHidden();
  await expect(agents.rows.first()).toBeFocused();
});

test('an agent and a connection are reached from the palette', async ({ managedWindow }) => {
  const { agents, palette, page } = managedWindow;
  await managedWindow.goTo('Agents');
  const name = (await agents.rows.first().getByRole('rowheader').locator('b').textContent()) ?? '';
  await managedWindow.goTo('Overview');
  await palette.open();
  await page.keyboard.type(name);
  await palette
    .entry(new RegExp(`^${name}`))
    .first()
    .click();
  await expect(agents.name).toHaveText(name);

  await palette.open();
  await page.keyboard.type('127.0.0.1');
  await palette
    .entry(/^127\.0\.0\.1/)
    .first()
    .click();
  await expect(page.getByRole('heading', { level: 2, name: '127.0.0.1' })).toBeVisible();
});

test('an account that may not list the agents: told why, and those of the alerts are shown', async ({
  managed,
  openWindow,
}) => {
  const window = await openWindow(managed.desk);
  const { connectionForm, statusBar, agents, main } = window;
  await connectionForm.fillSsh(managed.door);
  await connectionForm.button('Connect').click();
  await connectionForm.button('It is the same key, connect').click();
  await statusBar.getByText('Connected').waitFor();
  const name = managed.drop('/srv/upload/invoice.exe');
  await window.goTo('Agents');
  await expect(agents.row(name)).toBeVisible();
  await expect(main).toContainText('from the alerts that were read');
  await expect(main.getByRole('list', { name: 'Where the list comes short' })).toContainText('needs root');
});

test('without a manager the screen says how agents come here', async ({ deskWindow }) => {
  await deskWindow.goTo('Agents');
  await expect(deskWindow.main).toContainText('No agents yet');
  await deskWindow.main.getByRole('link', { name: 'Connect to a manager' }).click();
  await expect(deskWindow.connectionForm.host).toBeVisible();
});
