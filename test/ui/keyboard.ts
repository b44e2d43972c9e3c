import { expect, type Locator, type Page } from '@playwright/test';

/** Presses Tab until the element has focus, as a person without a mouse does; fails when it cannot be reached so. */
export async function tabTo(page: Page, element: Locator): Promise<void> {
  const MOST_STOPS = 60;
  for (let stop = 0; stop < MOST_STOPS; stop += 1) {
    if (await element.evaluate((target) => target === document.activeElement)) return;
    await page.keyboard.press('Tab');
  }
  await expect(element).toBeFocused();
}
