/** An answer before it is put on the wire. */
export interface ApiReply {
  readonly status: number;
  /** An object is sent as JSON, a text as it is. */
  readonly body: object | string;
  readonly contentType?: string;
  readonly headers?: Readonly<Record<string, string>>;
}

/** `application/problem+json` (wazuh.md 7.3). Thrown by what handles a call. */
export class ApiProblem extends Error {
  readonly reply: ApiReply;

  constructor(
    status: number,
    problem: { title: string; detail?: string; remediation?: string; error?: number },
  ) {
    super(problem.title);
    this.reply = { status, body: problem, contentType: 'application/problem+json; charset=utf-8' };
  }
}

const RBAC_PAGE =
  'Please, make sure you have permissions to execute the current request. For more information on how to set up permissions, please visit https://documentation.wazuh.com/current/user-manual/api/rbac/configuration.html';

export const problems = {
  badCredentials: () => new ApiProblem(401, { title: 'Unauthorized', detail: 'Invalid credentials' }),
  noToken: () => new ApiProblem(401, { title: 'Unauthorized', detail: 'No authorization token provided' }),
  blocked: () =>
    new ApiProblem(403, {
      title: 'Permission Denied',
      detail:
        'Limit of login attempts reached. The current IP has been blocked due to a high number of login attempts',
    }),
  forbidden: (resource: string) =>
    new ApiProblem(403, {
      title: 'Permission Denied',
      detail: `Permission denied: Resource type: ${resource}`,
      remediation: RBAC_PAGE,
      error: 4000,
    }),
  tooMany: (error: 6001 | 6005) =>
    new ApiProblem(429, {
      title: 'Maximum number of requests per minute reached',
      detail: 'Maximum number of requests per minute reached',
      remediation:
        'This limit can be changed in api.yaml file. More information here: https://documentation.wazuh.com/current/user-manual/api/security/configuration.html',
      error,
    }),
  notFound: () => new ApiProblem(404, { title: 'Not Found', detail: '404: Not Found' }),
  wrongMethod: () => new ApiProblem(405, { title: 'Method Not Allowed', detail: '405: Method Not Allowed' }),
  badRequest: (detail: string) => new ApiProblem(400, { title: 'Bad Request', detail }),
  wrongType: () => new ApiProblem(406, { title: 'Wazuh Error', detail: 'Invalid Content-type', error: 6002 }),
  tooLarge: () =>
    new ApiProblem(413, {
      title: 'Content size exceeded.',
      detail: 'Maximum content size limit (10485760) exceeded',
    }),
  wazuh: (error: number, detail: string, remediation?: string) =>
    new ApiProblem(400, { title: 'Wazuh Error', detail, ...(remediation ? { remediation } : {}), error }),
};

export interface FailedItem {
  readonly error: { readonly code: number; readonly message: string; readonly remediation?: string };
  readonly id: readonly string[];
}

/** The envelope of lists: `error` 0 all done, 1 all failed, 2 some failed; HTTP 200 in all three. */
export function listReply(
  items: readonly unknown[],
  words: { readonly all: string; readonly some?: string; readonly none?: string },
  {
    total = items.length,
    failed = [],
  }: { readonly total?: number; readonly failed?: readonly FailedItem[] } = {},
): ApiReply {
  const error = failed.length === 0 ? 0 : items.length === 0 ? 1 : 2;
  const message =
    error === 0 ? words.all : error === 2 ? (words.some ?? words.all) : (words.none ?? words.all);
  const body = {
    data: {
      affected_items: items,
      total_affected_items: total,
      total_failed_items: failed.reduce((sum, item) => sum + item.id.length, 0),
      failed_items: failed,
    },
    message,
    error,
  };
  return { status: 200, body };
}

export function dataReply(data: object, message?: string): ApiReply {
  return { status: 200, body: { data, ...(message ? { message } : {}), error: 0 } };
}
