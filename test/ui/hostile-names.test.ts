import type { Page } from '@playwright/test';
import { expect, test } from './fixtures.ts';

const NAMES = {
  'a name written backwards': '/srv/upload/invoice\u202Efdp.exe',
  'control characters': '/srv/upload/\u0007\u001B[31mred\u0000.exe',
  markup: '/srv/upload/<img src=x onerror="document.title=1">.exe',
  emoji: '/srv/upload/🧾 facture 👩‍💻.exe',
  'four thousand characters': `/srv/upload/${'deep/'.repeat(700)}${'n'.repeat(480)}.exe`,
};
const SHOWN: Readonly<Record<keyof typeof NAMES, string>> = {
  'a name written backwards': 'invoice⟨RLO⟩fdp.exe',
  'control characters': '␇␛[31mred␀.exe',
  markup: '<img src=x onerror="document.title=1">.exe',
  emoji: '🧾 facture 👩⟨ZWJ⟩💻.exe',
  'four thousand characters': `${'n'.repeat(55)}.exe`,
};

test('names made to deceive are shown for what they are, in every place that shows names', async ({
  site,
  deskWindow,
}) => {
  const { detections, drawer, overview, page } = deskWindow;
  for (const path of Object.values(NAMES))
    site.report({ path, agent: '<b>web</b>\u202E1' }, { positives: 5 });
  await expect(overview.sum).toContainText('5of 5');
  for (const shown of Object.values(SHOWN)) await expect(overview.latest).toContainText(shown);
  await deskWindow.goTo('Detections');
  for (const shown of Object.values(SHOWN)) {
    const row = detections.table.getByRole('row').filter({ hasText: shown });
    await row.click();
    await expect(drawer.name).toContainText(shown);
    await expect(drawer.section('Where this file is')).toContainText('<b>web</b>⟨RLO⟩1');
    await drawer.section('Source alert').getByRole('button', { name: 'Show' }).click();
    await expect(drawer.section('Source alert').getByText('alerts.json')).toBeVisible();
    expect(await bidiControls(page)).toEqual([]);
  }
  expect(await page.locator('main img, main b b, aside img').count()).toBe(0);
  await expect(page).toHaveTitle(/^Detections/);
});

test('no name pushes the window out of its frame', async ({ site, deskWindow }) => {
  const { detections, drawer, page } = deskWindow;
  for (const path of Object.values(NAMES)) site.report({ path }, { positives: 5 });
  await deskWindow.goTo('Detections');
  await expect(detections.rows).toHaveCount(5);
  const heights = await detections.rows.evaluateAll((rows) => rows.map((row) => row.clientHeight));
  expect(new Set(heights).size).toBe(1);
  await detections.table.getByRole('row').filter({ hasText: SHOWN['four thousand characters'] }).click();
  await expect(drawer.button('Close')).toBeInViewport();
  await expect(drawer.button('Mute…')).toBeInViewport();
  for (const place of ['Overview', 'Detections', 'Settings'] as const) {
    await deskWindow.goTo(place);
    const overhang = await page.evaluate(() => {
      const { scrollWidth, clientWidth } = document.documentElement;
      return scrollWidth - clientWidth;
    });
    expect(overhang).toBe(0);
  }
});

/** Text nodes that hold a character which reorders what follows it. */
async function bidiControls(page: Page): Promise<readonly string[]> {
  return page.evaluate(() => {
    const found: string[] = [];
    const texts = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
    for (let node = texts.nextNode(); node; node = texts.nextNode()) {
      if (/[\u202A-\u202E\u2066-\u2069]/.test(node.textContent ?? '')) found.push(node.textContent ?? '');
    }
    return found;
  });
}
