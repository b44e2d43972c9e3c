import { writeFileSync } from 'node:fs';
import { relative } from 'node:path';
import { root } from '../paths.mjs';
import { errorLines } from './error-lines.mjs';

/**
 * A vitest reporter that leaves the counts, what failed or passed only when tried again, and each skipped test's reason,
 * for build/test.mjs.
 */
export default class VitestCounts {
  onTestRunEnd(modules, unhandledErrors) {
    const tests = modules.flatMap((module) => [...module.children.allTests()]);
    const inState = (state) => tests.filter((test) => test.result().state === state);
    const counts = {
      passed: inState('passed').length,
      failed: [
        ...inState('failed').map((test) => failure(nameOf(test), test.result().errors)),
        ...withoutATest(modules).map((broken) => failure(nameOf(broken), broken.errors())),
        ...unhandledErrors.map((error) => failure(outsideTests(error), [error])),
      ],
      unsteady: inState('passed')
        .filter((test) => test.diagnostic()?.flaky)
        .map((test) => failure(nameOf(test), test.result().errors ?? [])),
      skipped: inState('skipped').map((test) => ({
        name: test.fullName,
        reason: test.result().note ?? 'no reason given',
      })),
    };
    const file = process.env.VERDICT_DESK_COUNTS;
    if (file) writeFileSync(file, JSON.stringify(counts));
  }
}

/** A file that does not load has no tests to fail, and what is set up for a suite belongs to none of its tests. */
function withoutATest(modules) {
  return modules
    .flatMap((module) => [module, ...module.children.allSuites()])
    .filter((part) => part.errors().length > 0);
}

function nameOf(part) {
  const file = (part.module ?? part).relativeModuleId;
  return part.fullName ? `${file} > ${part.fullName}` : file;
}

/** Vitest notes the last test that ran before an error that nobody awaited. */
function outsideTests({ VITEST_TEST_NAME: last }) {
  return last ? `an error outside the tests, after ${last}` : 'an error outside the tests';
}

function failure(name, errors) {
  return { name, lines: errors.flatMap((error) => errorLines(error, placeOf(error))) };
}

function placeOf({ stacks }) {
  const frame = stacks?.find(({ file }) => !file.includes('node_modules'));
  return frame && `${relative(root, frame.file)}:${frame.line}`;
}
