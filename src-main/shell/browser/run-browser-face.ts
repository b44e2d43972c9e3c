import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { createInterface } from 'node:readline';
import { DomainError } from '../../../src-shared/errors/domain-error.ts';
import type { CoreHost, StartCore } from '../../app/core-host.ts';
import { rendererFolder } from '../app-root.ts';
import type { FaceOptions } from '../face-options.ts';
import { openWindow } from './open-window.ts';
import { announceFace, askRunningFace, lastPort, withdrawFace } from './running-face.ts';
import { type BrowserFace, serve } from './serve.ts';

/**
 * Runs core and browser face until the signal aborts or the core fails. When a face runs on this data folder already,
 * its address is shown instead: one data folder has one writer.
 */
export async function runBrowserFace(options: FaceOptions, startCore: StartCore): Promise<void> {
  const running = await askRunningFace(options.dataFolder);
  if (running !== null) return showRunning(running, options);
  const core = await startCore(
    { dataFolder: options.dataFolder, face: 'browser', lab: options.lab },
    { cipher: null },
  );
  try {
    const face = await serveOnFamiliarPort(options, core);
    try {
      await runUntilTheEnd(face, core, options);
    } finally {
      withdrawFace(options.dataFolder, face);
      await face.close();
    }
  } finally {
    await core.close();
  }
}

async function showRunning(address: string, options: FaceOptions): Promise<void> {
  options.say('Verdict Desk runs on this data folder already; here is a fresh address of it.');
  options.say(`Verdict Desk is ready at ${address}`);
  if (!options.opensWindow) return;
  const another = await askRunningFace(options.dataFolder, 'exposed');
  if (another !== null) openWindow(another, { ...options, isOurs: false });
}

/** A port that was named must be free; the one of last time is only a wish. */
export async function serveOnFamiliarPort(
  options: Pick<FaceOptions, 'dataFolder' | 'port' | 'rendererFolder'>,
  core: Pick<CoreHost, 'connect'>,
): Promise<BrowserFace> {
  const folder = options.rendererFolder ?? rendererFolder;
  const familiar = options.port ?? lastPort(options.dataFolder) ?? 0;
  const face = await serve({ core, port: familiar, rendererFolder: folder }).catch((error: unknown) => {
    const isOnlyBusy = error instanceof DomainError && error.code === 'shell.port-busy';
    if (options.port !== null || !isOnlyBusy) throw error;
    return serve({ core, port: 0, rendererFolder: folder });
  });
  announceFace(options.dataFolder, face);
  return face;
}

async function runUntilTheEnd(face: BrowserFace, core: CoreHost, options: FaceOptions): Promise<void> {
  options.say(`Verdict Desk is ready at ${face.newAddress()}`);
  if (options.opensWindow) {
    openWindow(face.newExposedAddress(), { ...options, isOurs: true });
  }
  const stopListening = printAddressOnEnter(face, options);
  try {
    const failure = await Promise.race([core.failed, untilAborted(options.signal)]);
    if (failure !== null) throw failure;
  } finally {
    stopListening();
  }
}

async function untilAborted(signal: AbortSignal): Promise<null> {
  if (!signal.aborted) await once(signal, 'abort');
  return null;
}

function printAddressOnEnter(face: BrowserFace, options: FaceOptions): () => void {
  if (!process.stdin.isTTY || isInBackground()) return () => undefined;
  options.say('Press Enter for another address, Ctrl-C to end.');
  const lines = createInterface({ input: process.stdin });
  lines.on('line', () => options.say(face.newAddress()));
  return () => lines.close();
}

/** A background job that reads from its terminal is stopped by the system (`npm start &`). */
function isInBackground(): boolean {
  if (process.platform !== 'linux') return false;
  // proc(5): pid (name) state ppid pgrp session tty_nr tpgid …; the name may hold spaces and parentheses.
  const fields = readFileSync('/proc/self/stat', 'utf8').split(') ').at(-1)?.split(' ') ?? [];
  const [, , group, , , foregroundGroup] = fields;
  return group !== foregroundGroup;
}
