import { createContext, useContext, useEffect, useMemo, useRef, useState, type ReactNode } from 'react';
import { DomainError } from '../../../src-shared/errors/domain-error.ts';
import type { ContractClient } from '../../../src-shared/ipc/index.ts';
import { announce } from '../../ui/announce.ts';
import { useClient, useStatus } from '../backend-context.tsx';
import { asDomainError } from '../failure.ts';
import { sendInPieces } from './upload.ts';

/** A file that could not be sent: shown where imports are shown, until dismissed. */
export interface FailedUpload {
  readonly key: number;
  readonly name: string;
  readonly error: DomainError;
}
interface Uploads {
  /** Sends these files one after the other; their progress is among `status.imports`. */
  readonly send: (files: readonly File[]) => void;
  readonly failed: readonly FailedUpload[];
  readonly dismiss: (key: number) => void;
}

const UploadsContext = createContext<Uploads | null>(null);

export function useUploads(): Uploads {
  const uploads = useContext(UploadsContext);
  if (!uploads) throw new Error('Uploads are used outside their provider.');
  return uploads;
}

/** Lives as long as the window, so that an upload goes on while its dialog is closed or another screen is open. */
export function UploadsProvider({ children }: { readonly children: ReactNode }) {
  const client = useClient();
  const [failed, setFailed] = useState<readonly FailedUpload[]>([]);
  const cancelled = useCancelledImports();
  const queue = useRef(Promise.resolve());
  const uploads = useMemo<Uploads>(() => {
    const sendOne = async (file: File) => {
      try {
        await sendFile(client, file, cancelled);
      } catch (error) {
        const failure = {
          key: Date.now() + Math.random(),
          name: file.name,
          error: asSendFailure(error, file.name),
        };
        setFailed((before) => [...before, failure]);
        announce(failure.error.message, 'assertive');
      }
    };
    return {
      send: (files) => {
        for (const file of files) queue.current = queue.current.then(() => sendOne(file));
      },
      failed,
      dismiss: (key) => setFailed((before) => before.filter((failure) => failure.key !== key)),
    };
  }, [client, cancelled, failed]);
  return <UploadsContext value={uploads}>{children}</UploadsContext>;
}

async function sendFile(
  client: ContractClient,
  file: File,
  isCancelled: (importId: string) => boolean,
): Promise<void> {
  const { importId } = await client.sources.beginUpload({
    name: file.name.slice(0, 512),
    sizeBytes: file.size,
  });
  try {
    await sendInPieces(client, importId, file, () => isCancelled(importId));
  } catch (error) {
    // Cancelled while a piece was on its way: refused, as it should be.
    if (isCancelled(importId)) return;
    await client.sources.cancelImport({ importId }).catch(() => undefined);
    throw error;
  }
}

/** Asks the newest status: the list that says so may be drawn by any screen, or by none. */
function useCancelledImports(): (importId: string) => boolean {
  const { imports } = useStatus();
  const newest = useRef(imports);
  useEffect(() => {
    newest.current = imports;
  }, [imports]);
  const [isCancelled] = useState(() => (importId: string) => {
    const state = newest.current.find(({ id }) => id === importId)?.state;
    return state === 'cancelled' || state === 'failed';
  });
  return isCancelled;
}

/** The browser's own refusal to read a file names no remedy. */
function asSendFailure(error: unknown, name: string): DomainError {
  if (!(error instanceof DOMException)) return asDomainError(error);
  return new DomainError(
    'window.file-unreadable',
    `${name} could not be read.`,
    'It may have been moved or changed since it was chosen. Choose it again.',
    error,
  );
}
