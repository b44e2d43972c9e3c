import { useEffect, useState } from 'react';
import { announce } from './announce.ts';
import { Button } from './button.tsx';
import { Hint } from './hint.tsx';

const TICK_MS = 1500;

/** Copies a text; a tick stands in for the icon for a moment. `what` names it: "SHA-256". */
export function CopyButton({ text, what }: { readonly text: string; readonly what: string }) {
  const [state, setState] = useState<'idle' | 'copied' | 'refused'>('idle');
  useEffect(() => {
    if (state === 'idle') return;
    const timer = setTimeout(() => setState('idle'), TICK_MS);
    return () => clearTimeout(timer);
  }, [state]);
  const copy = async () => {
    const isCopied = await copyText(text);
    setState(isCopied ? 'copied' : 'refused');
    announce(isCopied ? `${what} copied` : `${what} could not be copied`);
  };
  const label = state === 'refused' ? 'Not allowed to copy here' : `Copy ${what}`;
  return (
    <Hint text={label}>
      <Button
        kind="plain"
        size="small"
        icon={state === 'copied' ? 'tick' : 'copy'}
        aria-label={`Copy ${what}`}
        onPress={() => void copy()}
      />
    </Hint>
  );
}

/** False where the system refuses the clipboard. */
async function copyText(text: string): Promise<boolean> {
  try {
    await navigator.clipboard.writeText(text);
    return true;
  } catch {
    return false;
  }
}
