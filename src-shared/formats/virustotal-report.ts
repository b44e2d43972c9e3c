import { parseHashOf, type FileHash, type FileHashes } from '../domain/file-hash.ts';
import type { EngineResult, FileReport, LookupOutcome } from '../domain/outcome.ts';
import { jsonFields, wholeNumber, type JsonFields } from './json-fields.ts';
import { visibleText } from './visible-text.ts';

/**
 * The answer to `GET /files/{hash}` of VirusTotal's API v3 (virustotal.md sections 3 and 5). Any attribute may be
 * missing; the ones about an analysis are missing until the first analysis ends. Nothing in it is trusted: texts are
 * cut and made visible, lists are bounded, and a report about another file than the one asked for is a failure.
 */
const MAX_ENGINES = 200;
const MAX_TAGS = 50;
const MAX_NAME = 128;
const MAX_TEXT = 256;
/** VirusTotal runs about 70 engines; a count beyond this is not a count. */
const MAX_COUNT = 10_000;
const LATEST_EPOCH_SECOND = 253_402_300_799; // 9999-12-31

/** The report's page for people. v3 gives no permalink, so it is built from the digest (virustotal.md 5). */
export function permalinkOf(sha256: string): string {
  return `https://www.virustotal.com/gui/file/${sha256}`;
}

/**
 * Reads a parsed 200 answer to a lookup of `asked`. The mapping:
 * - positives = `malicious`, `suspicious` is kept beside it;
 * - total = malicious + suspicious + undetected + harmless, the engines with an opinion. `timeout` is left out, as are
 *   `failure`, `confirmed-timeout` and `type-unsupported`: an engine that gave up said nothing about the file;
 * - no finished analysis (no stats, no date, or nobody with an opinion) is `pending`, never clean; what some engine
 *   already calls malicious is detected, finished or not.
 */
export function readFileReport(body: unknown, asked: FileHash): LookupOutcome {
  const data = jsonFields(jsonFields(body)?.['data']);
  if (!data) return failed('The answer holds no report.');
  const kind = data['type'];
  if (kind !== undefined && kind !== 'file') return failed('The answer is not about a file.');
  const attributes = jsonFields(data['attributes']) ?? {};
  const hashes = readHashes(data['id'], attributes);
  if (!isAbout(hashes, asked)) return failed('The answer is about another file than the one asked for.');
  return readAnalysis(attributes, { ...hashes, [asked.algorithm]: asked.hex });
}

function readAnalysis(attributes: JsonFields, hashes: FileHashes): LookupOutcome {
  const stats = attributes['last_analysis_stats'];
  if (stats === undefined || stats === null) return { kind: 'pending' };
  const counts = readCounts(stats);
  if (!counts) return failed('The engine counts of the report are not numbers.');
  const scanDate = instant(attributes['last_analysis_date']);
  const isFinished = scanDate !== null && counts.total > 0;
  if (!isFinished && counts.positives === 0) return { kind: 'pending' };
  return {
    kind: counts.positives > 0 ? 'detected' : 'no-positives',
    ...counts,
    scanDate,
    permalink: hashes.sha256 ? permalinkOf(hashes.sha256) : null,
    report: readDescription(attributes, hashes),
  };
}

function readCounts(stats: unknown): { positives: number; suspicious: number; total: number } | null {
  const fields = jsonFields(stats);
  if (!fields) return null;
  const [malicious, suspicious, undetected, harmless] = [
    'malicious',
    'suspicious',
    'undetected',
    'harmless',
  ].map((name) => count(fields[name]));
  if (malicious == null || suspicious == null || undetected == null || harmless == null) return null;
  return { positives: malicious, suspicious, total: malicious + suspicious + undetected + harmless };
}

function readDescription(attributes: JsonFields, hashes: FileHashes): FileReport {
  const threat = jsonFields(attributes['popular_threat_classification']);
  return {
    hashes,
    sizeBytes: wholeNumber(attributes['size']),
    typeDescription: text(attributes['type_description'], MAX_NAME),
    meaningfulName: text(attributes['meaningful_name'], MAX_TEXT),
    threatLabel: text(threat?.['suggested_threat_label'], MAX_NAME),
    firstSubmittedAt: instant(attributes['first_submission_date']),
    reputation: signedNumber(attributes['reputation']),
    tags: readTags(attributes['tags']),
    engines: readEngines(attributes['last_analysis_results']),
  };
}

function readTags(value: unknown): readonly string[] {
  if (!Array.isArray(value)) return [];
  const tags = value.slice(0, MAX_TAGS).map((tag: unknown) => text(tag, MAX_NAME));
  return tags.filter((tag) => tag !== null);
}

function readEngines(value: unknown): readonly EngineResult[] {
  const engines: EngineResult[] = [];
  for (const [name, entry] of Object.entries(jsonFields(value) ?? {})) {
    if (engines.length === MAX_ENGINES) break;
    const engine = readEngine(name, jsonFields(entry));
    if (engine) engines.push(engine);
  }
  return engines;
}

function readEngine(name: string, entry: JsonFields | null): EngineResult | null {
  const engine = text(entry?.['engine_name'], MAX_NAME) ?? text(name, MAX_NAME);
  const category = text(entry?.['category'], MAX_NAME);
  if (!entry || !engine || !category) return null;
  return {
    engine,
    category,
    result: text(entry['result'], MAX_TEXT),
    engineVersion: text(entry['engine_version'], MAX_NAME),
    engineUpdate: text(entry['engine_update'], MAX_NAME),
  };
}

/** The object's id is its SHA-256 whatever digest was asked. */
function readHashes(id: unknown, attributes: JsonFields): FileHashes {
  const named = parseHashOf('sha256', attributes['sha256']);
  const identified = parseHashOf('sha256', id);
  // An id that contradicts the attribute makes the report worthless: no digest of it matches then.
  const sha256 = named && identified && named !== identified ? 'contradictory' : (named ?? identified);
  return {
    sha256,
    sha1: parseHashOf('sha1', attributes['sha1']),
    md5: parseHashOf('md5', attributes['md5']),
  };
}

/** A SHA-256 must be confirmed. An MD5 or SHA-1 may be absent from the attributes, but must not differ. */
function isAbout(hashes: FileHashes, asked: FileHash): boolean {
  if (hashes.sha256 === 'contradictory') return false;
  const told = hashes[asked.algorithm];
  return told === null ? asked.algorithm !== 'sha256' && hashes.sha256 !== null : told === asked.hex;
}

function failed(detail: string): LookupOutcome {
  return { kind: 'request-failed', status: 200, detail };
}

/** A missing count is none; anything but a small whole number makes the stats unreadable. */
function count(value: unknown): number | null {
  if (value === undefined) return 0;
  const number = wholeNumber(value);
  return number !== null && number <= MAX_COUNT ? number : null;
}

function signedNumber(value: unknown): number | null {
  return typeof value === 'number' && Number.isSafeInteger(value) ? value : null;
}

/** Unix seconds to ISO 8601 UTC without fractions: `2026-11-21T12:30:05Z`. */
function instant(value: unknown): string | null {
  const seconds = wholeNumber(value);
  if (seconds === null || seconds === 0 || seconds > LATEST_EPOCH_SECOND) return null;
  return new Date(seconds * 1000).toISOString().replace('.000Z', 'Z');
}

function text(value: unknown, maxLength: number): string | null {
  if (typeof value !== 'string') return null;
  const cut = visibleText(value.slice(0, maxLength)).trim();
  return cut === '' ? null : cut;
}
