/** VirusTotal's errors (API v3): `{"error": {"code", "message"}}` with an HTTP status. Message texts as it words them. */
export interface ServiceError {
  readonly status: number;
  readonly code: string;
  readonly message: string;
}

export const MISSING_KEY: ServiceError = {
  status: 401,
  code: 'AuthenticationRequiredError',
  message: 'X-Apikey header is missing',
};
export const WRONG_KEY: ServiceError = {
  status: 401,
  code: 'WrongCredentialsError',
  message: 'Wrong API key',
};
export const QUOTA_EXCEEDED: ServiceError = {
  status: 429,
  code: 'QuotaExceededError',
  message: 'Quota exceeded',
};
export const FORBIDDEN: ServiceError = {
  status: 403,
  code: 'ForbiddenError',
  message: 'You are not authorized to perform the requested operation',
};

export function fileNotFound(id: string): ServiceError {
  return { status: 404, code: 'NotFoundError', message: `File "${id}" not found` };
}

export function userNotFound(id: string): ServiceError {
  return { status: 404, code: 'NotFoundError', message: `User "${id}" not found` };
}

export function noSuchEndpoint(path: string): ServiceError {
  return { status: 404, code: 'NotFoundError', message: `Resource ${path} not found.` };
}

export function serverFailure(status: number): ServiceError {
  if (status === 504)
    return { status, code: 'DeadlineExceededError', message: 'The operation took too long to complete.' };
  return { status, code: 'TransientError', message: 'Transient server error. Retry might work.' };
}

export function errorBody({ code, message }: ServiceError): object {
  return { error: { code, message } };
}
