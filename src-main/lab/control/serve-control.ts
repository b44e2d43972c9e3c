import type { IncomingMessage, ServerResponse } from 'node:http';
import { z } from 'zod';
import { DomainError } from '../../../src-shared/errors/domain-error.ts';
import { readText } from './read-text.ts';
import { send } from '../virustotal/respond.ts';

/** One lever of the lab over HTTP: `POST /lab/world/pause` and the like, JSON in, JSON out. */
export interface ControlRoute {
  readonly method: 'GET' | 'POST' | 'DELETE';
  readonly path: string;
  /** Gets the parsed JSON body (an empty object without one); what it returns is the answer's JSON. */
  readonly run: (body: unknown) => object | Promise<object>;
}

const LARGEST_BODY = 1_048_576;

/** A route whose body is checked by a schema first. */
export function controlRoute<Schema extends z.ZodType>(
  method: ControlRoute['method'],
  path: string,
  schema: Schema,
  run: (input: z.output<Schema>) => object | Promise<object>,
): ControlRoute {
  return { method, path, run: (body) => run(schema.parse(body)) };
}

export const DONE = { done: true };
export const noInput = z.object({});

export function isControlRequest(request: IncomingMessage): boolean {
  return request.url?.startsWith('/lab/') === true;
}

/**
 * Serves the levers. A page in a browser must not pull them: requests with an Origin, or addressed to another name than
 * this machine's loopback, are refused.
 */
export async function serveControl(
  request: IncomingMessage,
  response: ServerResponse,
  routes: readonly ControlRoute[],
): Promise<void> {
  const reply = (status: number, body: object) => send(request, response, { status, body });
  if (!isFromThisMachine(request))
    return reply(403, problem('The levers of the lab are for this machine only.'));
  const path = new URL(request.url ?? '/', 'http://lab').pathname;
  const route = routes.find((known) => known.method === request.method && known.path === path);
  if (!route) {
    return reply(404, {
      ...problem(`There is no ${request.method} ${path}.`),
      known: routes.map((known) => `${known.method} ${known.path}`),
    });
  }
  try {
    return reply(200, await route.run(await readJson(request)));
  } catch (error) {
    return reply(statusOf(error), problem(error instanceof z.ZodError ? z.prettifyError(error) : error));
  }
}

/** 400 for what was asked badly, 409 for what the lab cannot do now. */
function statusOf(error: unknown): number {
  if (error instanceof z.ZodError || error instanceof SyntaxError || error instanceof RangeError) return 400;
  return error instanceof DomainError ? 409 : 500;
}

function problem(cause: unknown) {
  if (cause instanceof DomainError) {
    return { error: { code: cause.code, message: `${cause.message} ${cause.remedy}` } };
  }
  return { error: { code: 'lab.refused', message: String(cause) } };
}

function isFromThisMachine({ headers }: IncomingMessage): boolean {
  return headers.origin === undefined && /^(127\.0\.0\.1|localhost)(:\d+)?$/.test(headers.host ?? '');
}

async function readJson(request: IncomingMessage): Promise<unknown> {
  const text = await readText(request, LARGEST_BODY);
  return text === '' ? {} : JSON.parse(text);
}
