import { DomainError } from '../../../src-shared/errors/domain-error.ts';

/** In plain words, what undici, Node's sockets and its TLS report by code. Their own texts may hold addresses with passwords. */
const WORDS: Readonly<Record<string, string>> = {
  ECONNREFUSED: 'Nothing listens there: the connection was refused.',
  EHOSTUNREACH: 'There is no route to that host.',
  ENETUNREACH: 'The network is away.',
  ENETDOWN: 'The network is down.',
  EADDRNOTAVAIL: 'This machine has no network address.',
  EACCES: 'This machine forbids the connection.',
  ENOTFOUND: 'Its name could not be resolved.',
  EAI_AGAIN: 'The name service did not answer.',
  ETIMEDOUT: 'It did not answer.',
  ERR_SSL_WRONG_VERSION_NUMBER: 'It does not speak TLS on that port.',
  ERR_SSL_PACKET_LENGTH_TOO_LONG: 'It does not speak TLS on that port.',
  ERR_SSL_UNSUPPORTED_PROTOCOL: 'It only speaks TLS older than 1.2.',
  ERR_SSL_TLSV1_ALERT_PROTOCOL_VERSION: 'It only speaks TLS older than 1.2.',
  HPE_INVALID_CONSTANT: 'It does not speak HTTP on that port.',
  ECONNRESET: 'The connection was reset.',
  EPIPE: 'The connection was closed.',
  UND_ERR_SOCKET: 'The connection was closed before the answer was complete.',
  UND_ERR_RES_CONTENT_LENGTH_MISMATCH: 'The answer was shorter than announced.',
  UND_ERR_HEADERS_OVERFLOW: 'The answer had too many headers.',
};

/** Nothing can have reached the manager. */
const NEVER_SENT =
  /^(ECONNREFUSED|EHOSTUNREACH|ENET|EADDRNOTAVAIL|EACCES|ENOTFOUND|EAI_AGAIN|ERR_SSL_|ERR_TLS_|EPROTO)/;

/** Translates trouble on the way into `api.unreachable`. */
export function unreachable(endpoint: string, error: unknown): DomainError {
  const codes = codesOf(error);
  const code = codes.find((known) => WORDS[known] !== undefined) ?? codes[0];
  const words =
    (code === undefined ? undefined : WORDS[code]) ??
    (code !== undefined && /^ERR_(SSL|TLS)_|^EPROTO$/.test(code)
      ? `No secure connection came about (${code}).`
      : `The connection failed (${code ?? 'unknown reason'}).`);
  const remedy =
    code !== undefined && NEVER_SENT.test(code)
      ? 'Check the address and the port of the API, and whether the manager runs and a firewall lets this machine through.'
      : 'Try again. A change that was on its way may have been carried out.';
  return new DomainError('api.unreachable', `${endpoint} is not reached. ${words}`, remedy, error);
}

/** As `unreachable`, for what stands in between. */
export function proxyTrouble(endpoint: string, detail: string): DomainError {
  return new DomainError(
    'api.unreachable',
    `${endpoint} is not reached. ${detail}`,
    'Check the proxy named by HTTPS_PROXY, or add the manager to NO_PROXY so that it is reached directly.',
  );
}

/** True for trouble before a request could leave: `error` as it came from the socket. */
export function isNeverSent(error: unknown): boolean {
  const [code] = codesOf(error);
  return code !== undefined && NEVER_SENT.test(code);
}

/** Codes of the error, its causes, and of the addresses tried (AggregateError), outermost first. */
function codesOf(error: unknown, depth = 0): readonly string[] {
  if (!(error instanceof Error) || depth > 4) return [];
  const own = 'code' in error && typeof error.code === 'string' ? [error.code] : [];
  const inner = error instanceof AggregateError ? error.errors : [];
  return [...own, ...codesOf(error.cause, depth + 1), ...inner.flatMap((each) => codesOf(each, depth + 1))];
}
