import { writeFileSync } from 'node:fs';

/** A vitest reporter that leaves the counts, and each skipped test's reason, for build/test.mjs. */
export default class VitestCounts {
  onTestRunEnd(modules, unhandledErrors) {
    const tests = modules.flatMap((module) => [...module.children.allTests()]);
    const inState = (state) => tests.filter((test) => test.result().state === state);
    // A file that does not load has no tests to fail, and an error between tests belongs to none.
    const brokenFiles = modules.filter((module) => module.state() === 'failed' && module.errors().length > 0);
    const counts = {
      passed: inState('passed').length,
      failed: inState('failed').length + brokenFiles.length + unhandledErrors.length,
      skipped: inState('skipped').map((test) => ({
        name: test.fullName,
        reason: test.result().note ?? 'no reason given',
      })),
    };
    const file = process.env.VERDICT_DESK_COUNTS;
    if (file) writeFileSync(file, JSON.stringify(counts));
  }
}
