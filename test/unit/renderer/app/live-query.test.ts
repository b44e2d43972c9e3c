import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { LiveQuery, SKELETON_AFTER_MS } from '../../../../src-renderer/app/live-query.ts';
import { DomainError } from '../../../../src-shared/errors/domain-error.ts';

/** Questions whose answers come when the test says so. */
function askedQuestions() {
  const asked: { readonly signal: AbortSignal; readonly answer: PromiseWithResolvers<string> }[] = [];
  const ask = (signal: AbortSignal) => {
    const answer = Promise.withResolvers<string>();
    asked.push({ signal, answer });
    return answer.promise;
  };
  return { asked, ask };
}

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

describe('a question on screen', () => {
  it('asks at once and shows a skeleton only when the answer takes its time', async () => {
    const { asked, ask } = askedQuestions();
    const query = new LiveQuery<string>(500);
    query.put(ask);
    expect(query.read()).toMatchObject({ isAsking: true, isSlow: false });
    await vi.advanceTimersByTimeAsync(SKELETON_AFTER_MS);
    expect(query.read().isSlow).toBe(true);
    asked[0]?.answer.resolve('one');
    await vi.advanceTimersByTimeAsync(0);
    expect(query.read()).toEqual({
      data: 'one',
      error: null,
      isAsking: false,
      isSlow: false,
      isPrevious: false,
    });
  });

  it('asked again keeps the old answer on screen, without a skeleton', async () => {
    const { asked, ask } = askedQuestions();
    const query = new LiveQuery<string>(500);
    query.put(ask);
    asked[0]?.answer.resolve('one');
    await vi.advanceTimersByTimeAsync(0);
    query.refresh();
    await vi.advanceTimersByTimeAsync(1000);
    expect(asked).toHaveLength(2);
    expect(query.read()).toMatchObject({ data: 'one', isAsking: true, isSlow: false, isPrevious: false });
  });

  it('is asked at most once in its interval, however often something changes', async () => {
    const { asked, ask } = askedQuestions();
    const query = new LiveQuery<string>(500);
    query.put(ask);
    asked[0]?.answer.resolve('one');
    await vi.advanceTimersByTimeAsync(0);
    for (let change = 0; change < 50; change += 1) query.refresh();
    await vi.advanceTimersByTimeAsync(499);
    expect(asked).toHaveLength(1);
    await vi.advanceTimersByTimeAsync(1);
    expect(asked).toHaveLength(2);
  });

  it('that changed while it was under way is asked once more afterwards', async () => {
    const { asked, ask } = askedQuestions();
    const query = new LiveQuery<string>(500);
    query.put(ask);
    query.refresh();
    query.refresh();
    expect(asked).toHaveLength(1);
    asked[0]?.answer.resolve('one');
    await vi.advanceTimersByTimeAsync(500);
    expect(asked).toHaveLength(2);
  });

  it('drops the answer to an earlier question that comes late', async () => {
    const first = askedQuestions();
    const second = askedQuestions();
    const query = new LiveQuery<string>(500);
    query.put(first.ask);
    query.put(second.ask);
    expect(first.asked[0]?.signal.aborted).toBe(true);
    second.asked[0]?.answer.resolve('new');
    await vi.advanceTimersByTimeAsync(0);
    first.asked[0]?.answer.resolve('late');
    await vi.advanceTimersByTimeAsync(0);
    expect(query.read().data).toBe('new');
  });

  it('marks what is on screen as belonging to the question before', async () => {
    const { asked, ask } = askedQuestions();
    const query = new LiveQuery<string>(500);
    query.put(ask);
    asked[0]?.answer.resolve('one');
    await vi.advanceTimersByTimeAsync(0);
    query.put(ask);
    expect(query.read()).toMatchObject({ data: 'one', isPrevious: true });
    asked[1]?.answer.resolve('two');
    await vi.advanceTimersByTimeAsync(0);
    expect(query.read()).toMatchObject({ data: 'two', isPrevious: false });
  });

  it('that fails keeps its data and says why; the next answer takes the failure away', async () => {
    const { asked, ask } = askedQuestions();
    const query = new LiveQuery<string>(0);
    query.put(ask);
    asked[0]?.answer.resolve('one');
    await vi.advanceTimersByTimeAsync(0);
    query.refresh();
    await vi.advanceTimersByTimeAsync(0);
    asked[1]?.answer.reject(new DomainError('store.away', 'The store is away.', 'Wait.'));
    await vi.advanceTimersByTimeAsync(0);
    expect(query.read()).toMatchObject({ data: 'one', error: { code: 'store.away' } });
    query.refresh();
    await vi.advanceTimersByTimeAsync(0);
    asked[2]?.answer.resolve('two');
    await vi.advanceTimersByTimeAsync(0);
    expect(query.read()).toMatchObject({ data: 'two', error: null });
  });

  it('asks nothing more once its screen is gone', async () => {
    const { asked, ask } = askedQuestions();
    const query = new LiveQuery<string>(500);
    query.put(ask);
    query.refresh();
    query.close();
    asked[0]?.answer.resolve('late');
    await vi.advanceTimersByTimeAsync(5000);
    expect(asked).toHaveLength(1);
    expect(query.read().data).toBeUndefined();
  });
});
