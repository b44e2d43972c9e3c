import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import { readFileReport } from '../../../src-shared/formats/virustotal-report.ts';
import { readKeyQuotas } from '../../../src-shared/formats/virustotal-quotas.ts';
import { hashesOf } from '../../builders/a-known-file.ts';

const HASHES = hashesOf('setup.exe');
const ASKED = { algorithm: 'sha256', hex: HASHES.sha256 } as const;

function aReport(
  attributes: Readonly<Record<string, unknown>> = {},
  data: Readonly<Record<string, unknown>> = {},
) {
  return {
    data: {
      type: 'file',
      id: HASHES.sha256,
      attributes: {
        ...HASHES,
        last_analysis_date: 1_763_370_000,
        last_analysis_stats: {
          malicious: 3,
          suspicious: 1,
          undetected: 60,
          harmless: 7,
          timeout: 2,
          'confirmed-timeout': 1,
          failure: 1,
          'type-unsupported': 4,
        },
        ...attributes,
      },
      ...data,
    },
  };
}

test('positives are the malicious ones, suspicious stand beside them, the total are those with an opinion', () => {
  expect(readFileReport(aReport(), ASKED)).toMatchObject({
    kind: 'detected',
    positives: 3,
    suspicious: 1,
    total: 71,
    scanDate: '2025-11-17T09:00:00Z',
    permalink: `https://www.virustotal.com/gui/file/${HASHES.sha256}`,
  });
});

test('suspicion alone is no detection, but is not lost', () => {
  const stats = { malicious: 0, suspicious: 2, undetected: 60, harmless: 0 };
  expect(readFileReport(aReport({ last_analysis_stats: stats }), ASKED)).toMatchObject({
    kind: 'no-positives',
    suspicious: 2,
    total: 62,
  });
});

test.each([
  { last_analysis_stats: undefined },
  { last_analysis_date: undefined, last_analysis_stats: { malicious: 0, suspicious: 1, undetected: 60 } },
  { last_analysis_stats: { malicious: 0, suspicious: 0, undetected: 0, harmless: 0 } },
  {
    last_analysis_stats: { malicious: 0, suspicious: 0, undetected: 0, harmless: 0, 'type-unsupported': 70 },
  },
  { last_analysis_stats: {} },
])('a report without a finished analysis is pending, never clean: %j', (attributes) => {
  expect(readFileReport(aReport(attributes), ASKED)).toEqual({ kind: 'pending' });
});

test('a detection is told also when the report names no date: waiting for one would hide it', () => {
  expect(readFileReport(aReport({ last_analysis_date: undefined }), ASKED)).toMatchObject({
    kind: 'detected',
    positives: 3,
    scanDate: null,
  });
});

const NOT_ABOUT_THE_FILE: Readonly<Record<string, unknown>> = {
  'an id that contradicts the digest': aReport({ sha256: hashesOf('other').sha256 }),
  'another file': aReport({ sha256: hashesOf('other').sha256 }, { id: hashesOf('other').sha256 }),
  'no digest to compare with': aReport({ sha256: undefined }, { id: undefined }),
  'another kind of object': aReport({}, { type: 'url' }),
  'counts that are text': aReport({ last_analysis_stats: { malicious: '3' } }),
  'negative counts': aReport({ last_analysis_stats: { malicious: -1 } }),
  'absurd counts': aReport({ last_analysis_stats: { malicious: 1e9 } }),
  'stats that are text': aReport({ last_analysis_stats: 'none' }),
  'an empty object': {},
  'a list': [],
  nothing: null,
};

test.each(Object.keys(NOT_ABOUT_THE_FILE))('a 200 with %s is a failed request', (name) => {
  expect(readFileReport(NOT_ABOUT_THE_FILE[name], ASKED)).toMatchObject({
    kind: 'request-failed',
    status: 200,
  });
});

test('a report found by MD5 joins all digests of the file', () => {
  const outcome = readFileReport(aReport(), { algorithm: 'md5', hex: HASHES.md5 });
  expect(outcome).toMatchObject({ report: { hashes: HASHES } });
});

test('names, lists and texts are bounded, and hidden characters are shown', () => {
  const engine = { category: 'malicious', engine_name: 'e'.repeat(5_000), result: 'gen\u202Eexe' };
  const engines = Object.fromEntries(
    Array.from({ length: 5_000 }, (_, index) => [`Engine ${index}`, engine]),
  );
  const outcome = readFileReport(
    aReport({
      last_analysis_results: engines,
      tags: Array.from({ length: 5_000 }, () => 'peexe'),
      meaningful_name: 'n'.repeat(100_000),
    }),
    ASKED,
  );
  if (outcome.kind !== 'detected' || !outcome.report) throw new Error('It is a report.');
  expect(outcome.report.engines.length).toBe(200);
  expect(outcome.report.engines[0]?.engine.length).toBe(128);
  expect(outcome.report.engines[0]?.result).toBe('gen⟨RLO⟩exe');
  expect(outcome.report.tags.length).toBe(50);
  expect(outcome.report.meaningfulName?.length).toBe(256);
});

test('whatever JSON comes, the outcome is one of the known and never a verdict without engines', () => {
  const attributes = fc.dictionary(
    fc.constantFrom(
      'last_analysis_stats',
      'last_analysis_date',
      'last_analysis_results',
      'tags',
      'sha256',
      'size',
    ),
    fc.jsonValue(),
  );
  fc.assert(
    fc.property(
      fc.oneof(
        fc.jsonValue(),
        attributes.map((each) => aReport(each)),
      ),
      (body) => {
        const outcome = readFileReport(body, ASKED);
        const isVerdict = outcome.kind === 'detected' || outcome.kind === 'no-positives';
        const isSound = isVerdict ? outcome.total > 0 : ['pending', 'request-failed'].includes(outcome.kind);
        expect(isSound).toBe(true);
      },
    ),
  );
});

test('240 an hour is the public allowance of 4 a minute', () => {
  const body = {
    data: {
      api_requests_hourly: { user: { allowed: 240, used: 8 } },
      api_requests_daily: { user: { allowed: 500, used: 120 } },
      api_requests_monthly: { user: { allowed: 15_500, used: 2_000 } },
    },
  };
  expect(readKeyQuotas(body)).toEqual({
    limits: { perMinute: 4, perDay: 500, perMonth: 15_500 },
    usedToday: 120,
    usedThisMonth: 2_000,
    isPublic: true,
  });
});

test("a group's allowance counts for its members, and an allowance of 0 is no limit", () => {
  const body = {
    data: {
      api_requests_hourly: { user: { allowed: 0, used: 0 }, group: { allowed: 60_000, used: 5 } },
      api_requests_daily: { user: { allowed: 0, used: 0 } },
    },
  };
  expect(readKeyQuotas(body)).toMatchObject({ limits: { perMinute: 1000, perDay: null, perMonth: null } });
});

test('an answer without request quotas tells nothing', () => {
  expect(
    readKeyQuotas({ data: { intelligence_downloads_monthly: { user: { allowed: 1, used: 0 } } } }),
  ).toBeNull();
  fc.assert(
    fc.property(fc.jsonValue(), (body) => {
      expect(() => readKeyQuotas(body)).not.toThrow();
    }),
  );
});
