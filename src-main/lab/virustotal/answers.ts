import type { Dossiers } from './dossiers.ts';
import {
  errorBody,
  fileNotFound,
  FORBIDDEN,
  MISSING_KEY,
  noSuchEndpoint,
  QUOTA_EXCEEDED,
  userNotFound,
  WRONG_KEY,
  type ServiceError,
} from './error-bodies.ts';
import type { LabQuota } from './lab-quota.ts';
import type { Question } from './question.ts';
import { notFoundV2, reportV2 } from './report-v2.ts';
import { reportV3 } from './report-v3.ts';
import type { Answer } from './respond.ts';

/** What an answer is made from. */
export interface AnswerSources {
  readonly dossiers: Dossiers;
  readonly quota: LabQuota;
  readonly accepts: (key: string) => boolean;
  readonly userName: string;
  /** `host:port`, for links. */
  readonly host: string;
}

/** Quotas run on the wall clock, reports on the lab's time, which may be accelerated. Epoch milliseconds. */
export interface Moment {
  readonly quotaMs: number;
  readonly reportMs: number;
}

export interface ProperAnswer extends Answer {
  /** It was counted against the quota. */
  readonly counted: boolean;
}

/** The proper answer to a question. Unknown files cost quota too; quota questions and refusals do not. */
export function answer(question: Question, moment: Moment, sources: AnswerSources): ProperAnswer {
  if (question.kind === 'file' && question.api === 'v2') return answerV2(question, moment, sources);
  if (question.key === null) return refuse(MISSING_KEY);
  if (!sources.accepts(question.key)) return refuse(WRONG_KEY);
  switch (question.kind) {
    case 'file':
      return answerFile(question.id, moment, sources);
    case 'quota':
      return answerQuota(question.user, question.key, moment, sources);
    case 'other':
      return refuse(noSuchEndpoint(question.path));
  }
}

export function refusal(error: ServiceError): Answer {
  return { status: error.status, body: errorBody(error) };
}

function refuse(error: ServiceError): ProperAnswer {
  return { ...refusal(error), counted: false };
}

function answerFile(id: string, moment: Moment, { quota, dossiers, host }: AnswerSources): ProperAnswer {
  if (!quota.take(moment.quotaMs)) return refuse(QUOTA_EXCEEDED);
  const dossier = dossiers.open(id, moment.reportMs);
  if (dossier.kind === 'unknown') return { ...refusal(fileNotFound(id)), counted: true };
  const standing = dossier.kind === 'finished' ? dossier.standing : null;
  return { status: 200, body: reportV3(dossier.file, standing, host), counted: true };
}

/** The user is named by the key itself or by name; anybody else's quotas are forbidden. */
function answerQuota(user: string, key: string, moment: Moment, sources: AnswerSources): ProperAnswer {
  if (user === key || user === sources.userName) {
    return { status: 200, body: sources.quota.overall(moment.quotaMs), counted: false };
  }
  return refuse(sources.accepts(user) ? FORBIDDEN : userNotFound(user));
}

/** v2 says 403 for a bad key and 204 for a spent quota, both without a body. */
function answerV2(
  { id, key }: { readonly id: string; readonly key: string | null },
  moment: Moment,
  { quota, dossiers, accepts }: AnswerSources,
): ProperAnswer {
  if (key === null || !accepts(key)) return { status: 403, body: null, counted: false };
  if (!quota.take(moment.quotaMs)) return { status: 204, body: null, counted: false };
  const dossier = dossiers.open(id, moment.reportMs);
  if (dossier.kind === 'unknown') return { status: 200, body: notFoundV2(id), counted: true };
  const standing = dossier.kind === 'finished' ? dossier.standing : null;
  return { status: 200, body: reportV2(id, dossier.file, standing), counted: true };
}
