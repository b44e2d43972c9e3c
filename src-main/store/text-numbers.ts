import { NONE } from './packed-batch.ts';

/** When one of these is passed the numbering begins anew, so that neither thread remembers without end. */
const MOST_TEXTS = 32_768;
const MOST_CHARACTERS = 4 * 1024 * 1024;

/** V8 keeps a longer piece of a text as a view of the whole text. */
const LONGEST_COPIED_PIECE = 12;

/** Numbers texts in the order in which they are first met. */
export class TextNumbers {
  readonly #numbers = new Map<string, number>();
  #new: string[] = [];
  #characters = 0;

  /** Call before each batch; true when the numbering begins anew with it. */
  begin(): boolean {
    if (this.#numbers.size <= MOST_TEXTS && this.#characters <= MOST_CHARACTERS) return false;
    this.#numbers.clear();
    this.#characters = 0;
    return true;
  }

  numberOf(text: string | null): number {
    if (text === null) return NONE;
    return this.#numbers.get(text) ?? this.#add(text);
  }

  /** The texts numbered since the last call, in order. */
  takeNew(): readonly string[] {
    const texts = this.#new;
    this.#new = [];
    return texts;
  }

  #add(text: string): number {
    const own = ownCopy(text);
    const number = this.#numbers.size;
    this.#numbers.set(own, number);
    this.#new.push(own);
    this.#characters += own.length;
    return number;
  }
}

/** A remembered piece of a line must not keep the line, which may be a megabyte. */
function ownCopy(text: string): string {
  return text.length <= LONGEST_COPIED_PIECE ? text : String(JSON.parse(JSON.stringify(text)));
}
