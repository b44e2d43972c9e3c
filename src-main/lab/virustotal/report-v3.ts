import { createHash } from 'node:crypto';
import { Random } from '../random.ts';
import { analyse, countCategories, type Standing } from './analysis.ts';
import { threatLabel } from './detection-names.ts';
import { FILE_TYPES } from './file-types.ts';
import type { KnownFile } from './known-file.ts';

const DAY_MS = 86_400_000;

/**
 * A file object of API v3 (`GET /files/{id}`). Without a standing the first analysis has not finished: the object then
 * has no `last_analysis_*` attribute at all, which is how VirusTotal shows it.
 */
export function reportV3(file: KnownFile, standing: Standing | null, host: string): object {
  const { sha256 } = file.hashes;
  return {
    data: {
      id: sha256,
      type: 'file',
      links: { self: `http://${host}/api/v3/files/${sha256}` },
      attributes: { ...describe(file, standing), ...(standing ? describeAnalysis(file, standing) : {}) },
    },
  };
}

function describe(file: KnownFile, standing: Standing | null) {
  const random = new Random(`description ${file.hashes.sha256}`);
  const type = FILE_TYPES[file.kind];
  const submissions = standing ? 1 + Math.floor(random.next() ** 3 * 4000) : 1;
  const isHarmful = standing !== null && standing.positives > 0;
  const lastSubmitted = standing
    ? standing.analysedMs - random.integer(0, 20) * 60_000
    : file.firstSubmittedMs;
  return {
    type_description: type.description,
    type_tag: type.tag,
    type_tags: type.tags,
    type_extension: type.extension,
    magic: type.magic,
    tags: tagsOf(file, isHarmful),
    size: file.sizeBytes,
    md5: file.hashes.md5,
    sha1: file.hashes.sha1,
    sha256: file.hashes.sha256,
    ...fuzzyDigests(file),
    meaningful_name: file.name,
    names: [file.name],
    first_submission_date: seconds(file.firstSubmittedMs),
    last_submission_date: seconds(Math.max(file.firstSubmittedMs, lastSubmitted)),
    last_modification_date: seconds((standing?.analysedMs ?? file.firstSubmittedMs) + DAY_MS / 48),
    times_submitted: submissions,
    unique_sources: Math.max(1, Math.floor(submissions * 0.7)),
    reputation: isHarmful ? -random.integer(1, 40) : random.integer(0, 3),
    total_votes: {
      harmless: isHarmful ? 0 : random.integer(0, 4),
      malicious: isHarmful ? random.integer(0, 5) : 0,
    },
  };
}

function describeAnalysis(file: KnownFile, standing: Standing) {
  const entries = analyse(file, standing);
  return {
    last_analysis_date: seconds(standing.analysedMs),
    last_analysis_stats: countCategories(entries),
    last_analysis_results: Object.fromEntries(entries.map((entry) => [entry.engine_name, entry])),
    ...(standing.positives >= 5 ? classify(file, standing.positives) : {}),
  };
}

/** Absent when only a few engines detect, as at VirusTotal. */
function classify(file: KnownFile, positives: number) {
  const { family, category } = file.threat ?? { family: 'Agent', category: 'trojan' };
  return {
    popular_threat_classification: {
      popular_threat_category: [{ value: category, count: Math.ceil(positives * 0.4) }],
      popular_threat_name: [{ value: family.toLowerCase(), count: Math.ceil(positives * 0.3) }],
      suggested_threat_label: threatLabel(file),
    },
  };
}

function tagsOf(file: KnownFile, isHarmful: boolean): string[] {
  const tags = [FILE_TYPES[file.kind].tag];
  if (file.kind === 'elf' || file.kind.startsWith('windows')) tags.push('64bits');
  if (isHarmful && file.kind === 'windows-program') tags.push('overlay', 'detect-debug-environment');
  if (file.kind === 'windows-library' && !isHarmful) tags.push('signed');
  return tags;
}

/** Locality-sensitive digests with the right alphabet and length; the lab never compares them. */
function fuzzyDigests(file: KnownFile) {
  const digest = createHash('sha512').update(file.hashes.sha256).digest();
  const base64 = digest.toString('base64').replaceAll('=', '');
  const block = 3 * 2 ** Math.max(0, Math.floor(Math.log2(file.sizeBytes / 192 + 1)));
  return {
    ssdeep: `${block}:${base64.slice(0, 44)}:${base64.slice(44, 72)}`,
    tlsh: `T1${digest.toString('hex').slice(0, 70).toUpperCase()}`,
    vhash: digest.toString('hex').slice(70, 102),
  };
}

function seconds(ms: number): number {
  return Math.floor(ms / 1000);
}
