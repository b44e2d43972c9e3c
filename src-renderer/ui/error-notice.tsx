import type { ReactNode } from 'react';
import type { WireError } from '../../src-shared/errors/domain-error.ts';
import { Notice } from './notice.tsx';

/** A failure that crossed the contract: its message, its remedy, and what can be done right here. */
export function ErrorNotice({
  error,
  actions,
  isAlert = true,
}: {
  readonly error: WireError;
  readonly actions?: ReactNode;
  readonly isAlert?: boolean;
}) {
  return (
    <Notice tone="error" title={error.message} actions={actions} isAlert={isAlert}>
      {error.remedy}
    </Notice>
  );
}
