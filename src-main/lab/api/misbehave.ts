import type { ServerResponse } from 'node:http';
import { assertNever } from '../../../src-shared/errors/domain-error.ts';
import type { Clock } from '../../app/clock.ts';
import { sendProxyPage } from '../virustotal/respond.ts';
import type { ApiMisbehaviour } from './api-misbehaviour.ts';
import { ApiProblem, problems, type ApiReply } from './api-reply.ts';

export interface SpoiledCall {
  readonly response: ServerResponse;
  /** Asks for the proper answer. */
  readonly answer: () => ApiReply;
  readonly clock: Clock;
  readonly signal: AbortSignal;
}

/** Does one thing wrong; returns the status sent, null when there was none. */
export async function misbehave(misbehaviour: ApiMisbehaviour, spoiled: SpoiledCall): Promise<number | null> {
  const { response } = spoiled;
  switch (misbehaviour.kind) {
    case 'expired':
      return sendReply(response, problems.noToken().reply);
    case 'rate-limit':
      return sendReply(response, problems.tooMany(6001).reply);
    case 'locked-out':
      return sendReply(response, problems.blocked().reply);
    case 'server-error':
      return sendReply(response, SERVER_ERROR.reply);
    case 'slow':
      await spoiled.clock.wait(misbehaviour.delayMs, spoiled.signal);
      return sendReply(response, spoiled.answer());
    case 'silent':
      return null;
    case 'cut':
      return sendHalf(response, spoiled.answer(), 'cut');
    case 'broken-json':
      return sendHalf(response, spoiled.answer(), 'short');
    case 'html':
      sendProxyPage(response, misbehaviour.status);
      return misbehaviour.status;
    case 'huge':
      return sendWithoutEnd(response);
    default:
      return assertNever(misbehaviour);
  }
}

const SERVER_ERROR = new ApiProblem(500, {
  title: 'Wazuh Internal Error',
  detail: 'Some Wazuh daemons are not ready yet in node "node01" (wazuh-db->stopped)',
  remediation: 'Please, check the status of the Wazuh daemons',
  error: 1017,
});

/** Sends an answer as the API does and returns its status. */
export function sendReply(response: ServerResponse, reply: ApiReply): number {
  const bytes = bytesOf(reply);
  response.writeHead(reply.status, {
    server: 'Wazuh',
    ...reply.headers,
    'content-type': contentTypeOf(reply),
    'content-length': bytes.length,
  });
  response.end(bytes);
  return reply.status;
}

/** Half a body: with the line cut, or with a length that says it is whole. */
function sendHalf(response: ServerResponse, reply: ApiReply, form: 'cut' | 'short'): number | null {
  const bytes = bytesOf(reply);
  const half = bytes.subarray(0, bytes.length >> 1);
  response.writeHead(reply.status, {
    'content-type': contentTypeOf(reply),
    'content-length': form === 'cut' ? bytes.length : half.length,
  });
  if (form === 'short') {
    response.end(half);
    return reply.status;
  }
  response.write(half, () => response.destroy());
  return null;
}

function sendWithoutEnd(response: ServerResponse): number {
  response.writeHead(200, { 'content-type': 'application/json; charset=utf-8' });
  response.write('{"data": "');
  const more = Buffer.alloc(262_144, 'x');
  const go = () => {
    while (!response.destroyed && response.write(more));
    if (!response.destroyed) response.once('drain', go);
  };
  go();
  return 200;
}

function bytesOf({ body }: ApiReply): Buffer {
  return Buffer.from(typeof body === 'string' ? body : JSON.stringify(body));
}

function contentTypeOf({ contentType, body }: ApiReply): string {
  return (
    contentType ??
    (typeof body === 'string' ? 'text/plain; charset=utf-8' : 'application/json; charset=utf-8')
  );
}
