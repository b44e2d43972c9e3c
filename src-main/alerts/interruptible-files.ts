import type { AlertFileHost, AlertFileWatch, OpenAlertFile } from './alert-file-host.ts';

/** Following was ended while it waited for a file. */
export class Interrupted extends Error {
  constructor() {
    super('following was ended');
    this.name = 'Interrupted';
  }
}

/**
 * Alert files whose every wait can be ended at once: a manager that stalls in the middle of a read must not hold up the
 * end of the app. What still arrives afterwards is dropped, and a file that still opens is closed.
 */
export class InterruptibleFiles implements AlertFileHost {
  readonly kind: AlertFileHost['kind'];
  readonly name: string;
  readonly #files: AlertFileHost;
  readonly #waits = new Set<(reason: Interrupted) => void>();
  #isInterrupted = false;

  constructor(files: AlertFileHost) {
    this.kind = files.kind;
    this.name = files.name;
    this.#files = files;
  }

  /** Ends all waits, and every later one before it begins. */
  interrupt(): void {
    this.#isInterrupted = true;
    for (const end of this.#waits) end(new Interrupted());
    this.#waits.clear();
  }

  stat(path: string): ReturnType<AlertFileHost['stat']> {
    return this.#until(() => this.#files.stat(path));
  }

  list(folder: string): ReturnType<AlertFileHost['list']> {
    return this.#until(() => this.#files.list(folder));
  }

  async open(path: string): Promise<OpenAlertFile> {
    const file = await this.#until(
      () => this.#files.open(path),
      (late) => late.close(),
    );
    return {
      stat: () => this.#until(() => file.stat()),
      read: (into, position) => this.#until(() => file.read(into, position)),
      close: () => file.close(),
    };
  }

  watch(path: string, onEvent: () => void): AlertFileWatch {
    return this.#files.watch(path, onEvent);
  }

  /** Not a race with one promise for all: that one would remember every wait for as long as it lives. */
  #until<T>(begin: () => Promise<T>, discard: (late: T) => void = () => undefined): Promise<T> {
    if (this.#isInterrupted) return Promise.reject(new Interrupted());
    const { promise, resolve, reject } = Promise.withResolvers<T>();
    this.#waits.add(reject);
    const settle = async () => {
      try {
        const value = await begin();
        if (this.#waits.delete(reject)) resolve(value);
        else discard(value);
      } catch (error) {
        this.#waits.delete(reject);
        reject(error);
      }
    };
    void settle();
    return promise;
  }
}
