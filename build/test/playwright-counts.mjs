import { writeFileSync } from 'node:fs';
import { relative } from 'node:path';
import { root } from '../paths.mjs';
import { errorLines } from './error-lines.mjs';

/**
 * A Playwright reporter that leaves the counts, what failed or passed only when tried again, and each skipped test's
 * reason, for build/test.mjs.
 */
export default class PlaywrightCounts {
  #outsideTests = [];

  onBegin(_config, suite) {
    this.suite = suite;
  }

  onError(error) {
    this.#outsideTests.push(failure('an error outside the tests', [error]));
  }

  onEnd() {
    const tests = this.suite?.allTests() ?? [];
    const withOutcome = (...outcomes) => tests.filter((test) => outcomes.includes(test.outcome()));
    const failed = withOutcome('unexpected').map((test) =>
      failure(nameOf(test), test.results.at(-1)?.errors ?? []),
    );
    const counts = {
      passed: withOutcome('expected', 'flaky').length,
      failed: [...failed, ...this.#outsideTests],
      unsteady: withOutcome('flaky').map((test) => failure(nameOf(test), test.results[0]?.errors ?? [])),
      skipped: withOutcome('skipped').map((test) => ({
        name: nameOf(test),
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

function nameOf(test) {
  return test.titlePath().filter(Boolean).join(' › ');
}

function failure(name, errors) {
  return { name, lines: errors.flatMap((error) => errorLines(error, placeOf(error))) };
}

function placeOf({ location }) {
  return location && `${relative(root, location.file)}:${location.line}`;
}

function reasonOf(test) {
  const annotations = [...test.annotations, ...test.results.flatMap((result) => result.annotations ?? [])];
  return annotations.find(({ type, description }) => type === 'skip' && description)?.description;
}
