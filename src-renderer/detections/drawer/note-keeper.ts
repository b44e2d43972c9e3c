import type { WireError } from '../../../src-shared/errors/domain-error.ts';

export type NoteState =
  | { readonly kind: 'kept' }
  | { readonly kind: 'changed' }
  | { readonly kind: 'saving' }
  | { readonly kind: 'saved' }
  | { readonly kind: 'failed'; readonly error: WireError };

interface NoteKeeperOptions {
  readonly text: string;
  readonly toError: (error: unknown) => WireError;
  /** Rest after the last letter until it is saved. */
  readonly delayMs: number;
}

/** Saves a note by itself, one save at a time; what is typed meanwhile is saved after it. */
export class NoteKeeper {
  readonly #options: NoteKeeperOptions;
  readonly #listeners = new Set<() => void>();
  #state: NoteState = { kind: 'kept' };
  #text: string;
  #stored: string;
  #store: (text: string) => Promise<void> = () => Promise.resolve();
  #timer: ReturnType<typeof setTimeout> | undefined;
  #running: Promise<void> | null = null;

  constructor(options: NoteKeeperOptions) {
    this.#options = options;
    this.#text = options.text;
    this.#stored = options.text;
  }

  readonly subscribe = (listener: () => void): (() => void) => {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  };
  readonly read = (): NoteState => this.#state;

  /** How a note is stored; set again whenever something else that goes with it changes. */
  storeWith(store: (text: string) => Promise<void>): void {
    this.#store = store;
  }

  type(text: string): void {
    this.#text = text;
    this.#change(text === this.#stored ? { kind: 'kept' } : { kind: 'changed' });
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => void this.flush(), this.#options.delayMs);
  }

  /** Saves now what is not saved yet: when the field or the file is left, and to try again. */
  async flush(): Promise<void> {
    clearTimeout(this.#timer);
    await this.#running;
    if (this.#text === this.#stored) return;
    this.#running = this.#save(this.#text);
    await this.#running;
    this.#running = null;
  }

  async #save(text: string): Promise<void> {
    this.#change({ kind: 'saving' });
    try {
      await this.#store(text);
      this.#stored = text;
      if (this.#text === text) this.#change({ kind: 'saved' });
    } catch (error) {
      this.#change({ kind: 'failed', error: this.#options.toError(error) });
    }
  }

  #change(state: NoteState): void {
    this.#state = state;
    for (const listener of this.#listeners) listener();
  }
}
