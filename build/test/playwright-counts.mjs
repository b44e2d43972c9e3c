import { writeFileSync } from 'node:fs';

/** A Playwright reporter that leaves the counts, and each skipped test's reason, for build/test.mjs. */
export default class PlaywrightCounts {
  #outsideTests = 0;

  onBegin(_config, suite) {
    this.suite = suite;
  }

  onError() {
    this.#outsideTests += 1;
  }

  onEnd() {
    const tests = this.suite?.allTests() ?? [];
    const withOutcome = (...outcomes) => tests.filter((test) => outcomes.includes(test.outcome()));
    const counts = {
      passed: withOutcome('expected', 'flaky').length,
      failed: withOutcome('unexpected').length + this.#outsideTests,
      skipped: withOutcome('skipped').map((test) => ({
        name: test.titlePath().filter(Boolean).join(' › '),
        reason: reasonOf(test) ?? 'no reason given',
      })),
    };
    const file = process.env.VERDICT_DESK_COUNTS;
    if (file) writeFileSync(file, JSON.stringify(counts));
  }

  printsToStdio() {
    return false;
  }
}

function reasonOf(test) {
  const annotations = [...test.annotations, ...test.results.flatMap((result) => result.annotations ?? [])];
  return annotations.find(({ type, description }) => type === 'skip' && description)?.description;
}
