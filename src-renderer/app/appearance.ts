/** How the window looks on this computer; kept by the browser, not by the core. */
export interface Appearance {
  readonly theme: 'system' | 'light' | 'dark';
  readonly density: 'compact' | 'roomy';
  /** Single-letter keys (J, K, I, R, F, N) while a list has focus. */
  readonly singleKeys: boolean;
}

export const DEFAULT_APPEARANCE: Appearance = { theme: 'system', density: 'compact', singleKeys: true };
const STORAGE_KEY = 'verdict-desk.appearance';

/** Reads what was kept; anything damaged falls back to the default, part by part. */
export function parseAppearance(text: string | null): Appearance {
  const kept = readRecord(text);
  return {
    theme: kept['theme'] === 'light' || kept['theme'] === 'dark' ? kept['theme'] : 'system',
    density: kept['density'] === 'roomy' ? 'roomy' : 'compact',
    singleKeys: kept['singleKeys'] !== false,
  };
}

function readRecord(text: string | null): Record<string, unknown> {
  try {
    const value: unknown = JSON.parse(text ?? '{}');
    return typeof value === 'object' && value !== null ? { ...value } : {};
  } catch {
    return {};
  }
}

/** The one holder of it: applies to the page, keeps it, tells who draws. */
class AppearanceStore {
  readonly #listeners = new Set<() => void>();
  #current: Appearance | null = null;

  readonly subscribe = (listener: () => void): (() => void) => {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  };
  readonly read = (): Appearance => {
    this.#current ??= parseAppearance(window.localStorage.getItem(STORAGE_KEY));
    return this.#current;
  };
  readonly set = (part: Partial<Appearance>): void => {
    this.#current = { ...this.read(), ...part };
    window.localStorage.setItem(STORAGE_KEY, JSON.stringify(this.#current));
    this.apply();
    for (const listener of this.#listeners) listener();
  };

  /** Before the first draw, so that the window does not open in the wrong theme. */
  readonly apply = (): void => {
    const { theme, density } = this.read();
    const root = document.documentElement;
    if (theme === 'system') delete root.dataset['theme'];
    else root.dataset['theme'] = theme;
    root.dataset['density'] = density;
  };
}

export const appearance = new AppearanceStore();
