import { ORPCError } from '@orpc/client';
import { DomainError, fromWireError, type WireError } from '../../src-shared/errors/domain-error.ts';

/** The code of every failure that the dropped connection caused; the frame says it once, screens need not. */
export const CONNECTION_LOST = 'window.connection-lost';

export function connectionLost(): DomainError {
  return new DomainError(
    CONNECTION_LOST,
    'The window lost its connection to Verdict Desk.',
    'It reconnects by itself. If Verdict Desk was stopped, start it again.',
  );
}

/** Anything thrown on the window's side of the contract, as what may be shown. */
export function asDomainError(error: unknown): DomainError {
  if (error instanceof DomainError) return error;
  if (error instanceof ORPCError && error.code === 'DOMAIN' && isWireError(error.data)) {
    return fromWireError(error.data);
  }
  return new DomainError(
    'unexpected',
    'Something unexpected happened.',
    'Nothing was lost. Try it again; the log in the data folder holds the details.',
    error,
  );
}

export function isAbort(error: unknown): boolean {
  return error instanceof Error && error.name === 'AbortError';
}

function isWireError(data: unknown): data is WireError {
  if (typeof data !== 'object' || data === null) return false;
  const wire: Partial<Record<keyof WireError, unknown>> = data;
  return typeof wire.code === 'string' && typeof wire.message === 'string' && typeof wire.remedy === 'string';
}
