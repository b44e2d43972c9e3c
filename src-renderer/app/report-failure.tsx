import { createContext, useCallback, useContext, useState } from 'react';
import type { DomainError } from '../../src-shared/errors/domain-error.ts';
import { announce } from '../ui/announce.ts';
import { asDomainError } from './failure.ts';

export interface Failure {
  readonly key: number;
  readonly error: DomainError;
}

export const ReportFailureContext = createContext<(error: unknown) => void>(() => {});

/** For what fails after the place it was called from is gone, such as a command of the palette. */
export function useReportFailure(): (error: unknown) => void {
  return useContext(ReportFailureContext);
}

/** The failures that float until they are read. */
export function useFailures(): {
  readonly failures: readonly Failure[];
  readonly report: (error: unknown) => void;
  readonly dismiss: (key: number) => void;
} {
  const [failures, setFailures] = useState<readonly Failure[]>([]);
  const report = useCallback((thrown: unknown) => {
    const error = asDomainError(thrown);
    announce(`${error.message} ${error.remedy}`, 'assertive');
    setFailures((before) => [...before, { key: (before.at(-1)?.key ?? 0) + 1, error }]);
  }, []);
  const dismiss = useCallback(
    (key: number) => setFailures((before) => before.filter((failure) => failure.key !== key)),
    [],
  );
  return { failures, report, dismiss };
}
