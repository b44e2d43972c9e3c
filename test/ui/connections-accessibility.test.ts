import { expectAccessible } from './expect-accessible.ts';
import { expect, test } from './fixtures.ts';

test('the form of a connection is accessible in both themes: empty, refused, tested, unfolded', async ({
  managed,
  managedWindow,
}) => {
  const { connections, connectionForm, page } = managedWindow;
  await connections.openList();
  await expectAccessible(page);
  await connections.add.click();
  await expectAccessible(page);
  await connectionForm.button('Save and connect').click();
  await expect(connectionForm.host).toHaveAttribute('aria-invalid', 'true');
  await expectAccessible(page);

  await connectionForm.fillSsh({ ...managed.door, host: 'localhost', password: 'not the password' });
  for (const part of [
    'Jump hosts',
    'Root and installation',
    'Alert file',
    'Manager API',
    'Publishing',
    'Legacy algorithms',
  ]) {
    await connectionForm.unfold(part);
  }
  await connectionForm.button('Test connection').click();
  await expect(connectionForm.evidence).toContainText('Host key');
  await expect(connectionForm.button('I compared it, accept')).toBeVisible();
  await expectAccessible(page);
});

test('a connection in full is accessible in both themes, and so are its questions', async ({
  managed,
  managedWindow,
}) => {
  const { connections, notifications, page } = managedWindow;
  await connections.open('127.0.0.1');
  await connections.button(/^Look (now|again)$/).click();
  await expect(connections.group('What the account may do')).toContainText(/\d+ of \d+ hold/);
  await expectAccessible(page);
  await connections.button('Remove…').click();
  await managedWindow.dialog(/^Remove/).waitFor();
  await expectAccessible(page);
  await page.keyboard.press('Escape');

  managed.lab.ssh.control.changeHostKey();
  await expect(managedWindow.main.getByRole('button', { name: 'Compare fingerprints' })).toBeVisible();
  await expectAccessible(page);
  await managedWindow.goTo('Overview');
  await notifications.getByRole('button', { name: 'Compare fingerprints' }).waitFor();
  await expectAccessible(page);
  await notifications.getByRole('button', { name: 'Compare fingerprints' }).click();
  await managedWindow.dialog(/shows a different host key/).waitFor();
  await expectAccessible(page);
});

test('the agents are accessible in both themes: list and drawer', async ({ managedWindow }) => {
  const { agents, page } = managedWindow;
  await managedWindow.goTo('Agents');
  await expect(agents.rows.first()).toBeVisible();
  await expectAccessible(page);
  await agents.rows.first().click();
  await expect(agents.name).toBeVisible();
  await expectAccessible(page);
});

test('the agents are accessible in both themes: menus, nothing found', async ({ managedWindow }) => {
  const { agents, main, page } = managedWindow;
  await managedWindow.goTo('Agents');
  await expect(agents.rows.first()).toBeVisible();
  await main.getByRole('button', { name: 'Any status' }).click();
  await page.getByRole('menu', { name: 'Status' }).waitFor();
  await expectAccessible(page);
  await page.keyboard.press('Escape');
  await agents.filterText.fill('no agent is called so');
  await expect(main).toContainText('Nothing matches');
  await expectAccessible(page);
});
