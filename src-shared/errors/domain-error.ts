/**
 * A failure that stops the work and that the administrator reads: what happened, what to do next.
 * Expected outcomes are values, never errors (ARCHITECTURE.md, "Errors").
 */
export class DomainError extends Error {
  /** Stable, dotted, lower case: `store.newer-schema`. Tests and scripts may rely on it. */
  readonly code: string;
  /** One or two sentences that say what to do next. */
  readonly remedy: string;

  constructor(code: string, message: string, remedy: string, cause?: unknown) {
    super(message, cause === undefined ? undefined : { cause });
    this.name = 'DomainError';
    this.code = code;
    this.remedy = remedy;
  }
}

/** A DomainError as it crosses the contract: no stack, no cause. */
export interface WireError {
  readonly code: string;
  readonly message: string;
  readonly remedy: string;
}

/** Turns anything thrown into what may be shown; `reference` names the log line that holds the truth. */
export function toWireError(error: unknown, reference: string): WireError {
  if (error instanceof DomainError) {
    return { code: error.code, message: error.message, remedy: error.remedy };
  }
  return {
    code: 'unexpected',
    message: 'Something unexpected happened.',
    remedy: `Nothing was lost. The log holds the details under ${reference}.`,
  };
}

/** The other direction, on the window's side of the contract. */
export function fromWireError(wire: WireError): DomainError {
  return new DomainError(wire.code, wire.message, wire.remedy);
}

/** The exhaustiveness check of switches over a union. */
export function assertNever(value: never): never {
  throw new Error(`A case was not handled: ${JSON.stringify(value)}`);
}
