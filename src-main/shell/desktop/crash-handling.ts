import { app, type BrowserWindow, dialog, type MessageBoxOptions } from 'electron';
import { DomainError } from '../../../src-shared/errors/domain-error.ts';

/** The page can fail without the core noticing: following and the queue go on, only the picture is lost. */
export function offerReload(window: BrowserWindow): void {
  let isKilled = false;
  window.webContents.on('render-process-gone', (_event, { reason }) => {
    if (reason === 'clean-exit' || window.isDestroyed()) return;
    if (isKilled) {
      isKilled = false;
      return window.webContents.reload();
    }
    void askToReload(window, reason);
  });
  window.on('unresponsive', () => {
    void askToWait(window).then((waits) => {
      isKilled = !waits;
      return waits ? undefined : window.webContents.forcefullyCrashRenderer();
    });
  });
}

async function askToReload(window: BrowserWindow, reason: string): Promise<void> {
  const choice = await ask(
    {
      message: 'The window has failed.',
      detail: `Reason: ${reason}. Following and lookups go on; nothing was lost.`,
      buttons: ['Reload the window', 'Quit'],
    },
    window,
  );
  if (choice === 0) window.webContents.reload();
  else app.quit();
}

async function askToWait(window: BrowserWindow): Promise<boolean> {
  const question: Question = {
    message: 'The window does not respond.',
    detail: 'Following and lookups go on.',
    buttons: ['Wait', 'Reload the window'],
  };
  return (await ask(question, window)) === 0;
}

/** A core that ended by itself: start the app again (it continues where its last commit was), or leave. */
export async function offerRestart(failure: Error): Promise<void> {
  console.error(failure.message);
  const choice = await ask({
    message: 'Verdict Desk has stopped working.',
    detail: `${describe(failure)}\n\nWhat was read and judged is kept; it goes on from there.`,
    buttons: ['Start again', 'Quit'],
  });
  if (choice === 0) app.relaunch();
  app.exit(1);
}

/** The app cannot start at all (another writer, a newer store): say why and what to do. */
export function refuseStart(failure: unknown): void {
  const error = failure instanceof Error ? failure : new Error(String(failure));
  console.error(describe(error));
  dialog.showErrorBox('Verdict Desk cannot start', describe(error));
  app.exit(1);
}

function describe(error: Error): string {
  return error instanceof DomainError ? `${error.message}\n${error.remedy}` : error.message;
}

interface Question {
  readonly message: string;
  readonly detail: string;
  readonly buttons: readonly [string, string];
}

async function ask({ message, detail, buttons }: Question, window?: BrowserWindow): Promise<number> {
  const options: MessageBoxOptions = {
    type: 'warning',
    message,
    detail,
    buttons: [...buttons],
    defaultId: 0,
    cancelId: 1,
    noLink: true,
  };
  const answer = window ? dialog.showMessageBox(window, options) : dialog.showMessageBox(options);
  return (await answer).response;
}
