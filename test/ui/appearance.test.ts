import type { Page } from '@playwright/test';
import { expect, test } from './fixtures.ts';

test('the theme follows the system until one is chosen, and a choice is kept', async ({ labWindow }) => {
  const { settings, page } = labWindow;
  await page.emulateMedia({ colorScheme: 'dark' });
  expect(await lightness(page)).toBeLessThan(80);
  await page.emulateMedia({ colorScheme: 'light' });
  expect(await lightness(page)).toBeGreaterThan(200);

  await settings.open('Appearance');
  await settings.choose('Theme', 'Dark');
  await expect.poll(() => lightness(page)).toBeLessThan(80);
  await page.reload();
  await expect.poll(() => lightness(page)).toBeLessThan(80);
  await settings.choose('Theme', 'Light');
  await page.emulateMedia({ colorScheme: 'dark' });
  await expect.poll(() => lightness(page)).toBeGreaterThan(200);
  await settings.choose('Theme', 'As the system');
  await expect.poll(() => lightness(page)).toBeLessThan(80);
});

test('rows are 32 pixels high, or 40 where they are wanted roomy', async ({ labWindow }) => {
  const { settings, detections } = labWindow;
  await labWindow.goTo('Detections');
  await expect(detections.rows.first()).toHaveCSS('height', '32px');
  await settings.open('Appearance');
  await settings.choose('Rows of tables', 'Roomy');
  await labWindow.goTo('Detections');
  await expect(detections.rows.first()).toHaveCSS('height', '40px');
});

for (const width of [1360, 1000]) {
  test(`at 150 % text size nothing is cut in a window ${width} pixels wide`, async ({ lab, openWindow }) => {
    const window = await openWindow(lab, { viewport: { width, height: 800 } });
    const { detections, drawer, settings, page } = window;
    await page.evaluate(() => (document.documentElement.style.fontSize = '150%'));
    await expect(window.overview.sum).toContainText('Nothing dropped');
    expect(await cutTexts(page)).toEqual([]);
    await window.goTo('Detections');
    await detections.rows.first().click();
    await expect(drawer.name).toBeVisible();
    expect(await cutTexts(page)).toEqual([]);
    for (const section of [
      'Connections',
      'VirusTotal',
      'Queue and re-checks',
      'Exclusions',
      'Appearance',
      'Data',
    ] as const) {
      await settings.open(section);
      expect(await cutTexts(page)).toEqual([]);
    }
  });
}

test('nothing moves where reduced motion is asked for', async ({ lab, openWindow }) => {
  const { detections, drawer, page, ...window } = await openWindow(lab, { reducedMotion: 'reduce' });
  await page.getByRole('link', { name: /^Detections/ }).click();
  await detections.rows.first().click();
  await expect(drawer.name).toBeVisible();
  await window.palette.open();
  const moving = await page.evaluate(() =>
    [...document.querySelectorAll('*')]
      .filter((element) => {
        const { transitionDuration, animationDuration } = getComputedStyle(element);
        return [transitionDuration, animationDuration].some((times) =>
          times
            .split(',')
            .some((time) => Number.parseFloat(time) * (time.trim().endsWith('ms') ? 1 : 1000) > 1),
        );
      })
      .map((element) => element.outerHTML.slice(0, 80)),
  );
  expect(moving).toEqual([]);
});

/** 0 to 255, of what the sheet is painted with. */
async function lightness(page: Page): Promise<number> {
  return page.evaluate(() => {
    for (let element = document.querySelector('main'); element; element = element.parentElement) {
      const [red = 0, green = 0, blue = 0, alpha = 1] = (
        getComputedStyle(element).backgroundColor.match(/[\d.]+/g) ?? []
      ).map(Number);
      if (alpha > 0) return (red + green + blue) / 3;
    }
    return 255;
  });
}

/** Words of headings, controls and figures that do not fit their boxes; what may be shortened says so with an ellipsis. */
async function cutTexts(page: Page): Promise<readonly string[]> {
  return page.evaluate(() => {
    const wanted =
      'h1, h2, button, a, dt, dd, label, th, [role="tab"], [role="columnheader"], [role="radio"]';
    const shown = [...document.querySelectorAll<HTMLElement>(wanted)].filter(
      ({ offsetParent, clientWidth }) => offsetParent !== null && clientWidth > 2,
    );
    const cut = shown.filter((element) => {
      const { overflowX, overflowY, textOverflow } = getComputedStyle(element);
      const isShortened = textOverflow === 'ellipsis';
      const isTooWide =
        overflowX !== 'visible' && !isShortened && element.scrollWidth > element.clientWidth + 1;
      return isTooWide || (overflowY !== 'visible' && element.scrollHeight > element.clientHeight + 1);
    });
    const { scrollWidth, clientWidth } = document.documentElement;
    const overhang = scrollWidth > clientWidth ? [`the page, by ${scrollWidth - clientWidth} pixels`] : [];
    return [...overhang, ...cut.map(({ innerText }) => innerText)];
  });
}
