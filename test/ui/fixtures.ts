import { expect, test as base, type Page } from '@playwright/test';
import { findChromium } from './chromium.ts';
import { type Desk, startDesk } from './desk.ts';

interface PerTest {
  /** Skips the test where there is no Chromium. */
  readonly browserIsThere: void;
}
interface PerWorker {
  /** What the app is started with; `test.use({ deskArguments: [...] })` in a file changes it for that file. */
  readonly deskArguments: readonly string[];
  readonly desk: Desk;
}

/**
 * Tests of the running app. `page` is a window opened with a fresh address; console errors, page errors and breaches
 * of the content policy fail the test they happen in.
 */
export const test = base.extend<PerTest, PerWorker>({
  deskArguments: [['--lab'], { option: true, scope: 'worker' }],
  desk: [
    async ({ deskArguments }, use) => {
      const desk = await startDesk(deskArguments);
      await use(desk);
      await desk.close();
    },
    { scope: 'worker' },
  ],
  browserIsThere: [
    async ({ browserName }, use, testInfo) => {
      testInfo.skip(
        browserName === 'chromium' && findChromium() === null,
        'no Chromium, Chrome, Edge or Brave is installed',
      );
      await use();
    },
    { auto: true },
  ],
  page: async ({ page, desk }, use) => {
    const problems = watchForProblems(page);
    await page.goto(await desk.newAddress());
    await use(page);
    expect(problems).toEqual([]);
  },
});

export { expect };

/** Collects what a person with the developer tools open would see in red. */
export function watchForProblems(page: Page): readonly string[] {
  const problems: string[] = [];
  page.on('pageerror', (error) => problems.push(error.message));
  page.on('console', (message) => {
    if (message.type() === 'error') problems.push(message.text());
  });
  return problems;
}
