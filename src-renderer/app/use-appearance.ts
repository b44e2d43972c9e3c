import { useSyncExternalStore } from 'react';
import { appearance, type Appearance } from './appearance.ts';

/** Theme, density and single-letter keys, with `set` to change any of them at once. */
export function useAppearance(): Appearance & { readonly set: (part: Partial<Appearance>) => void } {
  return { ...useSyncExternalStore(appearance.subscribe, appearance.read), set: appearance.set };
}
