import { expect, test } from './fixtures.ts';
import { sumOf } from './screens/overview-screen.ts';
import { Desk } from './desk.ts';
import { pull } from './site/pull.ts';

test('verdicts arrive from a fresh lab within ten seconds of opening, without a reload', async ({
  openWindow,
}) => {
  const desk = new Desk({ arguments: ['--lab'] });
  try {
    await desk.start();
    const { overview, page } = await openWindow(desk);
    await expect(overview.sum).toContainText('Nothing dropped');
    await expect
      .poll(async () => (await overview.accountedFor()).parts['Looked up'], { timeout: 10_000 })
      .toBeGreaterThan(0);
    await expect(overview.latest.getByRole('row').nth(1)).toContainText(/Malicious|Suspicious/, {
      timeout: 10_000,
    });
    // Before its app: a window that stays dials again, and says so.
    await page.close();
  } finally {
    await desk.close();
  }
});

test('the sum equals its parts at every look, while events arrive and verdicts settle', async ({
  lab,
  labWindow,
}) => {
  const { overview } = labWindow;
  await expect(overview.sum).toContainText('Nothing dropped');
  const before = await overview.accountedFor();
  await pull(lab, 'world/play', { scene: 'everyday', times: 200 });
  for (let look = 0, isGrown = false; look < 40 || !isGrown; look += 1) {
    const { accounted, fimEvents, parts } = await overview.accountedFor();
    expect(sumOf(parts)).toBe(fimEvents);
    expect(accounted).toBe(fimEvents);
    isGrown ||= fimEvents > before.fimEvents;
  }
});

test('the window always says that it is the lab', async ({ labWindow }) => {
  for (const place of ['Overview', 'Detections', 'Scans', 'Settings'] as const) {
    await labWindow.goTo(place);
    await expect(labWindow.page.getByText('Lab: simulated data')).toBeVisible();
  }
});
