import { expect, test } from './fixtures.ts';

test('the printed address opens the window, live and without a complaint', async ({ page }) => {
  await expect(page).toHaveTitle(/Verdict Desk/);
  await expect(page.getByRole('main')).toBeVisible();
  expect(new URL(page.url()).search).toBe('');
});

test('the window’s policy lets it reach nothing but its own server', async ({ browser, desk }) => {
  const context = await browser.newContext();
  const window = await context.newPage();
  await window.goto(await desk.newAddress());
  const violated = await window.evaluate(async () => {
    const { promise, resolve } = Promise.withResolvers<string>();
    document.addEventListener('securitypolicyviolation', (event) => resolve(event.violatedDirective));
    await fetch('http://127.0.0.1:9/').catch(() => undefined);
    return promise;
  });
  expect(violated).toBe('connect-src');
  await context.close();
});

test('a second browser needs an address of its own', async ({ page, browser }) => {
  const stranger = await browser.newContext();
  const window = await stranger.newPage();
  await window.goto(page.url());
  await expect(window.getByRole('heading')).toHaveText('This window needs a fresh address');
  await stranger.close();
});
