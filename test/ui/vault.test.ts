import { LAB_KEY } from '../../src-main/lab/virustotal/lab-virustotal.ts';
import { VaultSecrets } from '../../src-main/secrets/vault-secrets.ts';
import { expect, test } from './fixtures.ts';

const PASSPHRASE = 'four plain words here';

test.use({
  siteOptions: {
    key: null,
    prepare: (dataFolder) =>
      new VaultSecrets(dataFolder).create(PASSPHRASE, new Map([['virustotal-key', LAB_KEY]])),
  },
});

test('a locked vault holds the queue until its passphrase is entered', async ({ site, deskWindow }) => {
  site.report({ path: '/srv/upload/invoice.exe' }, { positives: 41 });
  const { overview, settings, statusBar, page } = deskWindow;
  await expect(overview.queue).toContainText('The vault with the key is locked');
  await expect(statusBar).toContainText('vault locked');
  await overview.queue.getByRole('link', { name: 'Unlock' }).click();

  await settings.unlock('not the passphrase');
  await expect(settings.group('Where the key is kept')).toContainText(/passphrase/i);
  await expect(page.getByLabel('Passphrase', { exact: true })).toHaveAttribute('aria-invalid', 'true');
  await settings.unlock(PASSPHRASE);
  await expect(page.getByText('The vault is locked')).toBeHidden();
  await expect(page.getByText('A key is stored')).toBeVisible();
  await deskWindow.goTo('Overview');
  await expect(overview.latest).toContainText('invoice.exe');
});
