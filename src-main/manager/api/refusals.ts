import type { DomainError } from '../../../src-shared/errors/domain-error.ts';
import { countAt, isObject, textAt, type JsonObject } from '../../../src-shared/formats/json-values.ts';
import { ApiRefusal, unreadable } from './api-errors.ts';
import type { HttpReply } from './http-exchange.ts';
import { neededPermission } from './rbac-actions.ts';
import { readReply, remedyIn, words } from './read-answer.ts';
import type { ApiRequest } from './wazuh-api.ts';

interface Refused {
  /** `host:port`. */
  readonly endpoint: string;
  readonly user: string;
  readonly request: Pick<ApiRequest, 'method' | 'path'>;
}

/** RBAC said no (wazuh.md 7.3). */
const PERMISSION_DENIED = 4000;

/** An error status of the API as an error of ours. 401, 429 and the path of signing in have meanings of their own. */
export function refusalOf(reply: HttpReply, refused: Refused): DomainError {
  const { endpoint, request } = refused;
  const { status } = reply;
  if (status >= 300 && status < 400) return unreadable(endpoint, 'it leads to another address.');
  const read = readReply(reply);
  if (!('json' in read)) {
    const detail = 'unreadable' in read ? read.unreadable : 'it is plain text.';
    return unreadable(endpoint, `${detail.replace(/\.$/, '')} (HTTP ${status}).`);
  }
  const apiCode = codeOf(read.json);
  if (status === 403 && (apiCode === null || apiCode === PERMISSION_DENIED))
    return forbidden(read.json, refused);
  const said = saidBy(read.json) ?? 'It gave no reason.';
  const answer = { status, apiCode };
  if (status === 404 || status === 405) {
    return new ApiRefusal(
      'api.not-found',
      `The API of ${endpoint} has no ${request.method} ${request.path}. ${said}`,
      'It may belong to another version of Wazuh, or what was asked for is gone.',
      answer,
    );
  }
  return refusedBy(read.json, refused, answer);
}

/** What the API refused in its own words; also the 3.x form, an `error` other than 0 under any status. */
export function refusedBy(
  json: JsonObject,
  { endpoint, request }: Refused,
  answer: { readonly status: number; readonly apiCode: number | null },
): ApiRefusal {
  const number = answer.apiCode === null ? `HTTP ${answer.status}` : `error ${answer.apiCode}`;
  return new ApiRefusal(
    'api.refused',
    `The API of ${endpoint} refused ${request.method} ${request.path} (${number}): ${saidBy(json) ?? 'it gave no reason.'}`,
    remedyIn(json) ?? 'The log of the API on the manager, logs/api.log, may hold the details.',
    answer,
  );
}

/** `error` is a number in 4.x and may be text in old 3.x; null when there is none. */
export function codeOf(json: JsonObject): number | null {
  return countAt(json, 'error') ?? countAt(json, 'code');
}

function forbidden(json: JsonObject, { endpoint, user, request }: Refused): ApiRefusal {
  const needed = neededPermission(request.method, request.path);
  const resource = /Resource type: ([\w:*,{} -]{1,80})/.exec(textAt(json, 'detail') ?? '')?.[1]?.trim();
  const permission = needed
    ? `${needed.action} on ${resource ?? needed.resource}`
    : (resource ?? 'this call');
  return new ApiRefusal(
    'api.forbidden',
    `${user} may not ${request.method} ${request.path} on ${endpoint}: the permission ${permission} is missing.`,
    `Give a role of ${user} a policy that allows ${permission} (Wazuh's RBAC), or use another API user.`,
    { status: 403, apiCode: codeOf(json) },
  );
}

/** `title` and `detail` of problem+json, or `message`; a detail may be an object of fields. */
function saidBy(json: JsonObject): string | null {
  const detail = json['detail'];
  const text = isObject(detail) ? fieldsOf(detail) : (textAt(json, 'detail') ?? textAt(json, 'message'));
  const title = textAt(json, 'title');
  const said = text === null || text === title ? title : title === null ? text : `${title}: ${text}`;
  const line = words(said);
  return line === null || /[.!?]$/.test(line) ? line : `${line}.`;
}

const MOST_FIELDS = 20;

/** `command: unknown field`; what is nested deeper says nothing to people. */
function fieldsOf(detail: JsonObject): string | null {
  const fields = Object.keys(detail)
    .slice(0, MOST_FIELDS)
    .map((name) => [name, textAt(detail, name)] as const)
    .filter(([, value]) => value !== null);
  return fields.length === 0 ? null : fields.map(([name, value]) => `${name}: ${value}`).join(', ');
}
