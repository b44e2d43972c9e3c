import { expect, test } from './fixtures.ts';
import { tabTo } from './keyboard.ts';

test('from the welcome to followed alerts: the host key is compared once, then a new file gets its verdict', async ({
  managed,
  openWindow,
}) => {
  const { welcome, connectionForm, overview, statusBar, navigation } = await openWindow(managed.desk);
  await expect(welcome.heading).toBeVisible();
  await connectionForm.fillSsh(managed.door);
  await connectionForm.button('Connect').click();

  const question = connectionForm.step('Host key');
  await expect(question).toContainText(managed.lab.ssh.fingerprint);
  await expect(question).toContainText('ssh-keygen -lf /etc/ssh/ssh_host_ed25519_key.pub');
  await question.getByRole('button', { name: 'It is the same key, connect' }).click();

  await expect(statusBar).toContainText('Connected 127.0.0.1');
  await expect(navigation).toContainText('127.0.0.1');
  managed.drop('/srv/upload/invoice.exe');
  await expect(overview.latest).toContainText('invoice.exe');
});

test('a wrong password and a port where nobody listens are told beside their fields', async ({
  managed,
  openWindow,
}) => {
  const { connectionForm } = await openWindow(managed.desk);
  await connectionForm.fillSsh({ ...managed.door, password: 'not the password' });
  await connectionForm.button('Connect').click();
  await connectionForm.button('It is the same key, connect').click();
  await expect(connectionForm.field('Password')).toHaveAttribute('aria-invalid', 'true');
  await expect(connectionForm.step('Sign in')).toBeVisible();

  await connectionForm.field('Port').fill('1');
  await connectionForm.button('Connect').click();
  await expect(connectionForm.field('Port')).toHaveAttribute('aria-invalid', 'true');
  await expect(connectionForm.field('Password')).not.toHaveAttribute('aria-invalid', 'true');
  await expect(connectionForm.step('Reach the machine')).toContainText('127.0.0.1:1');
});

test('what is missing in the form is told, and the first such field has the focus', async ({
  managed,
  openWindow,
}) => {
  const { connectionForm } = await openWindow(managed.desk);
  await connectionForm.button('Connect').click();
  await expect(connectionForm.host).toHaveAttribute('aria-invalid', 'true');
  await expect(connectionForm.host).toBeFocused();
  await expect(connectionForm.field('User')).toHaveAttribute('aria-invalid', 'true');
});

test('a changed host key stops the connection until the old key is forgotten on purpose', async ({
  managed,
  managedWindow,
}) => {
  const { notifications, overview, statusBar, page } = managedWindow;
  const before = managed.lab.ssh.fingerprint;
  const { fingerprint: after } = managed.lab.ssh.control.changeHostKey();

  await expect(statusBar).toContainText('its host key changed');
  await expect(overview.attention).toContainText('127.0.0.1 needs you');
  await expect(notifications).toContainText('shows a different host key');
  expect(await page.evaluate(() => document.activeElement?.closest('section') ?? null)).toBeNull();

  await notifications.getByRole('button', { name: 'Compare fingerprints' }).click();
  const changed = managedWindow.dialog(/shows a different host key/);
  await expect(changed).toContainText('Nothing was sent');
  await expect(changed).toContainText(before);
  await expect(changed).toContainText(after);
  const forget = changed.getByRole('button', { name: 'Forget the accepted key' });
  await expect(forget).toBeDisabled();
  await changed.getByRole('checkbox').check({ force: true });
  await forget.click();
  await expect(changed).toBeHidden();

  await notifications.getByRole('button', { name: 'Compare the key' }).click();
  const unknown = managedWindow.dialog(/^Is this .* key\?$/);
  await expect(unknown).toContainText(after);
  await unknown.getByRole('button', { name: 'It is the same key, connect' }).click();
  await expect(statusBar).toContainText('Connected');
  await expect(notifications).toBeHidden();
});

test('the API is added later: its certificate is compared once, and its failures stand beside their fields', async ({
  managed,
  managedWindow,
}) => {
  const { connections, connectionForm } = managedWindow;
  const { url, user, password, fingerprint } = managed.lab.api;
  await connections.openList();
  await connections.row('127.0.0.1').getByRole('link', { name: 'Edit' }).click();
  await connectionForm.useApi({ url, user, password: 'not the password' });
  await connectionForm.button('Test connection').click();

  const question = connectionForm.step('Certificate of the API');
  await expect(question).toContainText(fingerprint.slice(0, 2).toUpperCase());
  await question.getByRole('button', { name: 'I compared it, accept' }).click();
  await expect(connectionForm.field('Password of the API')).toHaveAttribute('aria-invalid', 'true');

  await connectionForm.field('Password of the API').fill(password);
  await connectionForm.button('Test connection').click();
  await expect(connectionForm.step('Sign in to the API')).toContainText('seen');
  await connectionForm.button('Save and connect').click();
  await expect(connections.group('Accepted and kept')).toContainText('Certificate of the API');
  await expect(connections.group('Accepted and kept')).toContainText('password of the API');
});

test('a kept password belongs to its machine and account: for others it is asked for beside its field', async ({
  managedWindow,
}) => {
  const { connections, connectionForm } = managedWindow;
  await connections.openList();
  await connections.row('127.0.0.1').getByRole('link', { name: 'Edit' }).click();
  const replace = connectionForm.button('Replace the Password');
  await expect(replace).toBeVisible();
  const user = await connectionForm.field('User').inputValue();
  await connectionForm.field('User').fill('somebody-else');
  await expect(replace).toBeHidden();
  await expect(connectionForm.field('Password')).toHaveAccessibleDescription(/kept for another machine/);
  await connectionForm.field('User').fill(user);
  await expect(replace).toBeVisible();
});

test('a connection by the API alone says that it publishes nothing', async ({ managed, openWindow }) => {
  const { page, connectionForm } = await openWindow(managed.desk);
  await page.getByRole('radio', { name: 'API only' }).check({ force: true });
  await connectionForm.unfold('Name and everything else');
  await connectionForm.unfold('Publishing');
  await expect(page.getByRole('main')).toContainText('follows no alerts, so nothing is published over it');
});

test('a changed certificate stops the API, and the alerts go on', async ({ managed, managedWindow }) => {
  const { connections, connectionForm, statusBar } = managedWindow;
  const { url, user, password } = managed.lab.api;
  await connections.openList();
  await connections.row('127.0.0.1').getByRole('link', { name: 'Edit' }).click();
  await connectionForm.useApi({ url, user, password });
  await connectionForm.button('Save and connect').click();
  await managedWindow.main.getByRole('button', { name: 'Compare the certificate' }).click();
  const unknown = managedWindow.dialog(/^Is this the certificate of/);
  await unknown.getByRole('button', { name: 'It is the same certificate, connect' }).click();
  await expect(statusBar).toContainText('Connected');

  await managed.lab.api.control.changeCertificate();
  await connections.button('Look again').or(connections.button('Look now')).click();
  await managedWindow.main.getByRole('button', { name: 'Compare fingerprints' }).click();
  const changed = managedWindow.dialog(/shows a different certificate$/);
  await expect(changed).toContainText('No password was sent');
  await changed.getByRole('checkbox').check({ force: true });
  await changed.getByRole('button', { name: 'Forget the accepted certificate' }).click();
  await expect(changed).toBeHidden();
  await expect(managedWindow.main.getByRole('button', { name: 'Compare the certificate' })).toBeVisible();
});

test('a second factor is asked for where it is answered, and the prompt goes once it is', async ({
  managed,
  openWindow,
}) => {
  const { host, port, password, secondFactor } = managed.lab.ssh;
  const window = await openWindow(managed.desk);
  const { connectionForm, statusBar, page } = window;
  await connectionForm.fillSsh({ host, port, user: secondFactor.user });
  await connectionForm.signInWith('Code it asks for');
  await connectionForm.button('Connect').click();
  await connectionForm.button('It is the same key, connect').click();
  await expect(connectionForm.evidence).toContainText(`Said by ${host}:${port}`);
  await connectionForm.evidence.getByLabel('Password').fill(password);
  await connectionForm.evidence.getByLabel('Verification code').fill(secondFactor.code);
  await connectionForm.evidence.getByRole('button', { name: 'Send' }).click();

  const notice = window.notifications.getByRole('button', { name: 'Answer' });
  await notice.click();
  const dialog = window.dialog(/asks something$/);
  await expect(dialog.getByLabel('Password')).toHaveAttribute('type', 'password');
  await dialog.getByLabel('Password').fill(password);
  await dialog.getByLabel('Verification code').fill(secondFactor.code);
  await page.keyboard.press('Enter');
  await expect(dialog).toBeHidden();
  await expect(statusBar).toContainText('Connected');
  await expect(window.notifications).toBeHidden();
});

test('a connection is switched off and on, and removed with what was kept for it', async ({
  managed,
  managedWindow,
}) => {
  const { connections, statusBar, page, overview } = managedWindow;
  managed.drop('/srv/upload/before.exe');
  await expect(overview.latest).toContainText('before.exe');
  await connections.open('127.0.0.1');
  await connections.button('Disconnect 127.0.0.1').click();
  await expect(statusBar).toContainText('Switched off');
  await connections.button('Connect 127.0.0.1').click();
  await expect(statusBar).toContainText('Connected');

  await connections.button('Remove…').click();
  await managedWindow.dialog('Remove 127.0.0.1?').getByRole('button', { name: 'Remove 127.0.0.1' }).click();
  await expect(connections.list).toContainText('No connection yet');
  await expect(page.getByRole('navigation', { name: 'Main' })).toContainText('No source');
  await managedWindow.goTo('Overview');
  await expect(overview.latest).toContainText('before.exe');
});

test('a manager that goes away is told with what to do, and read on when it is back', async ({
  managed,
  managedWindow,
}) => {
  const { connections, statusBar, overview } = managedWindow;
  await managed.lab.ssh.control.refuse();
  await expect(statusBar).toContainText('No connection');
  await connections.open('127.0.0.1');
  const notice = managedWindow.main.getByRole('group').filter({ hasText: 'Try now' });
  await expect(notice).toBeVisible();
  managed.drop('/srv/upload/meanwhile.exe');
  await managed.lab.ssh.control.recover();
  await notice.getByRole('button', { name: 'Try now' }).click();
  await expect(statusBar).toContainText('Connected');
  await managedWindow.goTo('Overview');
  await expect(overview.latest).toContainText('meanwhile.exe');
});

test('what the account may do is looked at, with the lines that would grant what is missing', async ({
  managedWindow,
}) => {
  const { connections } = managedWindow;
  await connections.open('127.0.0.1');
  await connections.button(/^Look (now|again)$/).click();
  await expect(connections.group('What the account may do')).toContainText(/\d+ of \d+ hold/);
  await expect(connections.capability('Read alerts')).toContainText('holds');
  await expect(connections.group('The manager')).toContainText('Wazuh');
  await expect(connections.group('Reading')).toContainText('alerts.json');
});

test('a connection is added without a mouse', async ({ managed, openWindow }) => {
  const { page, statusBar, connectionForm } = await openWindow(managed.desk);
  const { host, port, user, password } = managed.door;
  await tabTo(page, connectionForm.host);
  await page.keyboard.type(host);
  await page.keyboard.press('Tab');
  if (!(await connectionForm.field('Port').evaluate((field) => field === document.activeElement))) {
    await tabTo(page, connectionForm.field('Port'));
  }
  await page.keyboard.press('Control+a');
  await page.keyboard.type(String(port));
  await page.keyboard.press('Tab');
  await page.keyboard.type(user);
  await tabTo(page, connectionForm.method('SSH agent'));
  await page.keyboard.press('Space');
  await tabTo(page, connectionForm.method('Password'));
  await page.keyboard.press('Space');
  await tabTo(page, connectionForm.field('Password'));
  await page.keyboard.type(password);
  await page.keyboard.press('Enter');
  const accept = connectionForm.button('It is the same key, connect');
  await accept.waitFor();
  await tabTo(page, accept);
  await page.keyboard.press('Enter');
  await expect(statusBar).toContainText('Connected');
});
