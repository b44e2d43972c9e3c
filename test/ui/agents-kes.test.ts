import { expect, test } from './fixtures.ts';
import { pull } from './site/pull.ts';

test('our script is installed on an agent over SSH, used by the next scan, and removed', async ({
  scanLab,
  scanWindow,
}) => {
  const { agents, scans } = scanWindow;
  await pull(scanLab, 'agents/change', { agent: 'web-ams-1', fullScanMs: 1000 });
  await scanWindow.goTo('Agents');
  await agents.row('web-ams-1').click();
  const kes = agents.section('Kaspersky Endpoint Security');
  await kes.getByRole('button', { name: 'Install the script' }).click();
  await expect(kes).toContainText('Installed', { timeout: 30_000 });

  await agents.drawer.getByRole('button', { name: 'Scan it…' }).click();
  await scans.button('Choose another way').click();
  await scanWindow.page.getByRole('menuitemradio', { name: 'manager API, our script' }).click();
  await expect(scans.beforeItStarts).toContainText('reports its result through an alert');
  await scans.giveConsent();
  await scans.button('Start full scan on 1 agent').click();
  await expect(scans.evidence).toContainText('Nothing detected', { timeout: 40_000 });
  await expect(scans.steps.filter({ hasText: 'Result' })).toContainText('our script, through an alert');

  await scans.evidence.getByRole('link', { name: 'The agent' }).click();
  await expect(agents.section('Its scans')).toContainText('Nothing detected');
  await kes.getByRole('button', { name: 'Remove the script' }).click();
  await expect(kes).toContainText('Not installed', { timeout: 30_000 });
});

test('SSH to all agents is set up once, and one agent is taken out of it', async ({
  managed,
  openWindow,
}) => {
  const window = await openWindow(managed.desk);
  const { connectionForm, statusBar, agents, page } = window;
  await connectionForm.fillSsh(managed.door);
  await connectionForm.unfold('Name, jump hosts');
  await connectionForm.reachRootBy('sudo');
  await connectionForm.button('Connect').click();
  await connectionForm.button('It is the same key, connect').click();
  await statusBar.getByText('Connected').waitFor();
  await window.goTo('Agents');
  await agents.row('web-ams-1').click();
  const kes = agents.section('Kaspersky Endpoint Security');
  await kes.getByRole('button', { name: 'Set it up' }).click();
  const dialog = window.dialog('SSH to agents');
  await dialog.getByRole('button', { name: 'Save' }).click();
  await expect(dialog).toContainText('Enter the account on the agent.');
  await dialog.getByRole('textbox', { name: 'User' }).fill(managed.lab.agents.user);
  await dialog.getByRole('checkbox', { name: 'SSH agent' }).uncheck({ force: true });
  await dialog.getByRole('checkbox', { name: 'Key file' }).uncheck({ force: true });
  await dialog.getByRole('checkbox', { name: 'Password', exact: true }).check({ force: true });
  await dialog.getByRole('textbox', { name: 'Password', exact: true }).fill(managed.door.password);
  await dialog.getByRole('button', { name: 'Save' }).click();
  await expect(dialog).toBeHidden();
  await expect(kes).toContainText('as all agents of the connection');

  // The agent's own host key is compared once, like a manager's.
  await agents.drawer.getByRole('button', { name: 'Scan it…' }).click();
  await window.scans.beforeItStarts.getByRole('button', { name: 'Compare the key' }).click();
  await page.getByRole('button', { name: 'It is the same key, connect' }).click();
  await expect(window.scans.beforeItStarts).toContainText('KES 12.1', { timeout: 30_000 });

  await window.goTo('Agents');
  await agents.row('web-ams-1').click();
  await kes.getByRole('button', { name: 'Change' }).click();
  await dialog.getByRole('radio', { name: 'Only web-ams-1' }).check({ force: true });
  await dialog.getByRole('radio', { name: 'None' }).check({ force: true });
  await dialog.getByRole('button', { name: 'Save' }).click();
  await expect(kes).toContainText('switched off for this agent');
});
