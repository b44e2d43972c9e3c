import type { Page, WebSocketRoute } from '@playwright/test';
import { expect, test } from './fixtures.ts';

const FAILED_LINK = /WebSocket connection to .* failed/;

test('a link that is cut is told; the window keeps what it shows and goes on by itself', async ({
  site,
  deskWindow,
}) => {
  const { overview, statusBar, page } = deskWindow;
  deskWindow.expectProblems(FAILED_LINK);
  const link = await linkOf(page);
  site.report({ path: '/srv/upload/invoice.exe' }, { positives: 41 });
  await expect(overview.latest).toContainText('invoice.exe');

  await link.cut();
  const lost = deskWindow.notice('The window lost its connection to Verdict Desk');
  await expect(lost).toContainText('Reading alerts and looking up go on without the window');
  await expect(deskWindow.spoken('assertive')).toContainText('lost its connection');
  await expect(statusBar).toContainText('No connection');
  await expect(overview.latest).toContainText('invoice.exe');

  site.report({ path: '/srv/upload/meanwhile.exe' }, { positives: 3 });
  link.mend();
  await expect(lost).toBeHidden();
  await expect(overview.latest).toContainText('meanwhile.exe');
  await expect(overview.sum).toContainText('2of 2');
  await expect(statusBar).toContainText('Following alerts.json');
});

test('after a power cut everything is there at the address that is printed next, what was just done included', async ({
  site,
  deskWindow,
  openWindow,
}) => {
  deskWindow.expectProblems(FAILED_LINK);
  site.report({ path: '/srv/upload/invoice.exe' }, { positives: 41 });
  await deskWindow.goTo('Detections');
  await deskWindow.detections.row(/invoice/).click();
  await deskWindow.drawer.note.fill('Asked the owner.');
  await expect(deskWindow.drawer.section('Triage')).toContainText('Note saved');
  await deskWindow.drawer.triage('Investigating');
  await expect(deskWindow.spoken('polite')).toHaveText('invoice.exe: Investigating');

  await site.desk.kill();
  await expect(deskWindow.notice('The window lost its connection to Verdict Desk')).toContainText(
    'start it again and open the address that it prints',
  );
  site.report({ path: '/srv/upload/meanwhile.exe' }, { positives: 3 });
  await site.desk.start();
  const again = await openWindow(site.desk);
  expect(new URL(again.page.url()).port).toBe(new URL(deskWindow.page.url()).port);
  await expect(again.overview.sum).toContainText('2of 2');
  await again.goTo('Detections');
  await again.detections.row(/invoice/).click();
  await expect(again.drawer.state('Investigating')).toBeChecked();
  await expect(again.drawer.note).toHaveValue('Asked the owner.');
});

/** The wire between window and app, as a tunnel over SSH is one: it can be cut while both ends live. */
async function linkOf(page: Page) {
  let isCut = false;
  const open = new Set<WebSocketRoute>();
  await page.routeWebSocket(/\/rpc$/, async (socket) => {
    if (isCut) return socket.close();
    socket.connectToServer();
    open.add(socket);
  });
  await page.reload();
  return {
    cut: async () => {
      isCut = true;
      await Promise.all([...open].map((socket) => socket.close()));
    },
    mend: () => {
      isCut = false;
    },
  };
}
