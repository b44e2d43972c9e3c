import type { PromptNeed } from '../../manager/ssh/ssh-link.ts';

interface OpenPrompt {
  readonly need: PromptNeed;
  readonly answer: (answers: readonly string[] | null) => void;
}

/** What machines ask while drafts are tested: nobody but the form that started the test waits for them. */
export class TestPrompts {
  readonly #open = new Map<string, OpenPrompt>();
  readonly #changed: () => void;

  constructor(changed: () => void) {
    this.#changed = changed;
  }

  get needs(): readonly PromptNeed[] {
    return [...this.#open.values()].map(({ need }) => need);
  }

  /** One answer for each field, or null when the signal took the prompt back. */
  async ask(need: PromptNeed, signal: AbortSignal): Promise<readonly string[] | null> {
    if (signal.aborted) return null;
    const { promise, resolve } = Promise.withResolvers<readonly string[] | null>();
    const giveUp = () => resolve(null);
    signal.addEventListener('abort', giveUp, { once: true });
    this.#open.set(need.promptId, { need, answer: resolve });
    this.#changed();
    try {
      return await promise;
    } finally {
      signal.removeEventListener('abort', giveUp);
      this.#open.delete(need.promptId);
      this.#changed();
    }
  }

  /** False when nothing waits for that. */
  answer(promptId: string, answers: readonly string[]): boolean {
    const prompt = this.#open.get(promptId);
    if (prompt?.need.fields.length !== answers.length) return false;
    prompt.answer(answers);
    return true;
  }

  close(): void {
    for (const { answer } of this.#open.values()) answer(null);
  }
}
