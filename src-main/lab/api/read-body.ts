import type { z } from 'zod';
import { problems } from './api-reply.ts';
import type { ApiCall } from './api-world.ts';

/** A JSON body checked by a schema; refused in the API's words. */
export function readJson<Schema extends z.ZodType>(call: ApiCall, schema: Schema): z.output<Schema> {
  if (call.contentType !== 'application/json') throw problems.wrongType();
  const parsed = schema.safeParse(parseJson(call.body.toString('utf8')));
  if (parsed.success) return parsed.data;
  const [issue] = parsed.error.issues;
  if (issue?.code === 'unrecognized_keys') {
    throw problems.badRequest(`Invalid field found {'${issue.keys.join("', '")}'}`);
  }
  const place = issue?.path.join('.') ?? '';
  throw problems.badRequest(
    place === '' ? 'The body is not valid.' : `'${place}' is not valid. ${issue?.message ?? ''}`,
  );
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    throw problems.badRequest('Request body is not valid JSON');
  }
}
