import { useState } from 'react';
import { navigate, useRoute } from '../app/use-route.ts';

interface Check {
  readonly isOpen: boolean;
  readonly hash: string;
  readonly open: () => void;
  readonly close: () => void;
}

/** The dialog opens by its button, and by an address with `check=` from the command palette. */
export function useCheck(): Check {
  const { params } = useRoute();
  const [isPressed, setPressed] = useState(false);
  const asked = params.get('check');
  const close = () => {
    setPressed(false);
    if (asked === null) return;
    const rest = new URLSearchParams(params);
    rest.delete('check');
    navigate(rest.size > 0 ? `#/detections?${rest}` : '#/detections', { replace: true });
  };
  return { isOpen: isPressed || asked !== null, hash: asked ?? '', open: () => setPressed(true), close };
}
