import { expect, test } from './fixtures.ts';

test('the printed address opens the window, live and without a complaint', async ({ labWindow }) => {
  await expect(labWindow.page).toHaveTitle(/Verdict Desk/);
  await expect(labWindow.page.getByRole('heading', { level: 1 })).toHaveText('Overview');
  expect(new URL(labWindow.page.url()).search).toBe('');
});

test('the window’s policy lets it reach nothing but its own server', async ({ browser, lab }) => {
  const context = await browser.newContext();
  const window = await context.newPage();
  await window.goto(await lab.newAddress());
  const violated = await window.evaluate(async () => {
    const { promise, resolve } = Promise.withResolvers<string>();
    document.addEventListener('securitypolicyviolation', (event) => resolve(event.violatedDirective));
    await fetch('http://127.0.0.1:9/').catch(() => undefined);
    return promise;
  });
  expect(violated).toBe('connect-src');
  await context.close();
});

test('a second browser needs an address of its own', async ({ labWindow, browser }) => {
  const stranger = await browser.newContext();
  const window = await stranger.newPage();
  await window.goto(labWindow.page.url());
  await expect(window.getByRole('heading')).toHaveText('This window needs a fresh address');
  await stranger.close();
});
