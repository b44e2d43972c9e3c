import { describe, expect, test } from 'vitest';
import { DomainError } from '../../../../src-shared/errors/domain-error.ts';
import { NoteKeeper } from '../../../../src-renderer/detections/drawer/note-keeper.ts';

function keeperOf(store: (text: string) => Promise<void>, delayMs = 60_000): NoteKeeper {
  const keeper = new NoteKeeper({
    text: '',
    toError: (error) => new DomainError('test', String(error), 'Try again.'),
    delayMs,
  });
  keeper.storeWith(store);
  return keeper;
}

describe('a note', () => {
  test('is saved by itself after a rest', async () => {
    const stored: string[] = [];
    const keeper = keeperOf((text) => Promise.resolve(void stored.push(text)), 1);
    keeper.type('a');
    keeper.type('ab');
    await expect.poll(() => stored).toEqual(['ab']);
    expect(keeper.read().kind).toBe('saved');
  });

  test('is saved when it is left, once', async () => {
    const stored: string[] = [];
    const keeper = keeperOf((text) => Promise.resolve(void stored.push(text)));
    keeper.type('seen by SOC');
    await keeper.flush();
    await keeper.flush();
    expect(stored).toEqual(['seen by SOC']);
  });

  test('says that it was not saved, keeps the text and can be saved again', async () => {
    let isAway = true;
    const stored: string[] = [];
    const keeper = keeperOf((text) =>
      isAway ? Promise.reject(new Error('away')) : Promise.resolve(void stored.push(text)),
    );
    keeper.type('important');
    await keeper.flush();
    expect(keeper.read().kind).toBe('failed');
    isAway = false;
    await keeper.flush();
    expect(keeper.read().kind).toBe('saved');
    expect(stored).toEqual(['important']);
  });

  test('typed back to what is stored is not saved at all', async () => {
    const stored: string[] = [];
    const keeper = keeperOf((text) => Promise.resolve(void stored.push(text)));
    keeper.type('x');
    keeper.type('');
    await keeper.flush();
    expect(stored).toEqual([]);
    expect(keeper.read().kind).toBe('kept');
  });
});
