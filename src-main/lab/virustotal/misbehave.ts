import type { IncomingMessage, ServerResponse } from 'node:http';
import { assertNever } from '../../../src-shared/errors/domain-error.ts';
import type { Clock } from '../../app/clock.ts';
import { refusal, type ProperAnswer } from './answers.ts';
import { QUOTA_EXCEEDED, serverFailure, WRONG_KEY } from './error-bodies.ts';
import type { Misbehaviour } from './misbehaviour.ts';
import { send, sendAndCut, sendBrokenJson, sendProxyPage } from './respond.ts';

/** What became of a spoiled request. */
export interface Spoiled {
  readonly status: number | null;
  readonly counted: boolean;
}

export interface SpoiledRequest {
  readonly request: IncomingMessage;
  readonly response: ServerResponse;
  readonly api: 'v3' | 'v2';
  /** Asks for the proper answer, which may count against the quota. */
  readonly answer: () => ProperAnswer;
  readonly clock: Clock;
  readonly signal: AbortSignal;
}

/** Does one thing wrong. What never reached the service (a proxy's page, a refusal) costs no quota. */
export async function misbehave(misbehaviour: Misbehaviour, spoiled: SpoiledRequest): Promise<Spoiled> {
  const { request, response, api } = spoiled;
  switch (misbehaviour.kind) {
    case 'rate-limit': {
      const { retryAfter } = misbehaviour;
      const headers = retryAfter === undefined ? {} : { 'retry-after': String(retryAfter) };
      const answer = api === 'v2' ? { status: 204, body: null } : { ...refusal(QUOTA_EXCEEDED), headers };
      send(request, response, answer);
      return { status: answer.status, counted: false };
    }
    case 'unauthorized': {
      const answer = api === 'v2' ? { status: 403, body: null } : refusal(WRONG_KEY);
      send(request, response, answer);
      return { status: answer.status, counted: false };
    }
    case 'server-error': {
      const status = misbehaviour.status ?? 503;
      send(request, response, refusal(serverFailure(status)));
      return { status, counted: false };
    }
    case 'slow': {
      await spoiled.clock.wait(misbehaviour.delayMs, spoiled.signal);
      const answer = spoiled.answer();
      send(request, response, answer);
      return answer;
    }
    case 'silent':
      return { status: null, counted: false };
    case 'cut': {
      const answer = spoiled.answer();
      sendAndCut(response, answer);
      return { status: null, counted: answer.counted };
    }
    case 'html':
      sendProxyPage(response, misbehaviour.status);
      return { status: misbehaviour.status, counted: false };
    case 'broken-json': {
      const answer = spoiled.answer();
      sendBrokenJson(request, response, answer);
      return answer;
    }
    default:
      return assertNever(misbehaviour);
  }
}
