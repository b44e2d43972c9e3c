import { useEffect, useRef, type RefObject } from 'react';

/** Whoever asked for more than the fields allow is led to the first one that is wrong. */
export function useFocusOnProblem(refusals: number): RefObject<HTMLDivElement | null> {
  const fields = useRef<HTMLDivElement>(null);
  useEffect(() => {
    if (refusals === 0) return;
    fields.current?.querySelector<HTMLElement>('input[aria-invalid="true"]')?.focus();
  }, [refusals]);
  return fields;
}
