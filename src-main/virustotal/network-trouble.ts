/** Why no whole answer came. `status` is known when the proxy itself refused. */
export type NetworkTrouble =
  | { readonly kind: 'timed-out' }
  | { readonly kind: 'aborted' }
  | { readonly kind: 'too-large' }
  /** Nothing reached the service. */
  | { readonly kind: 'unreachable'; readonly detail: string; readonly status: number | null }
  /** The connection ended after the request had left. */
  | { readonly kind: 'cut'; readonly detail: string; readonly status: number | null };

const UNREACHABLE: Readonly<Record<string, string>> = {
  ECONNREFUSED: 'The connection was refused.',
  EHOSTUNREACH: 'There is no route to the host.',
  ENETUNREACH: 'The network is away.',
  ENETDOWN: 'The network is down.',
  EADDRNOTAVAIL: 'This machine has no network address.',
  EACCES: 'The connection was forbidden by this machine.',
  ENOTFOUND: 'The name of the service could not be resolved.',
  EAI_AGAIN: 'The name service did not answer.',
  UND_ERR_PRX_CONN: 'The proxy ended the connection.',
  UND_ERR_PRX_TLS: 'The proxy did not complete a secure connection.',
};

const CUT: Readonly<Record<string, string>> = {
  ECONNRESET: 'The connection was reset.',
  EPIPE: 'The connection was closed.',
  UND_ERR_SOCKET: 'The connection was closed before the answer was complete.',
  UND_ERR_RES_CONTENT_LENGTH_MISMATCH: 'The answer was shorter than announced.',
  UND_ERR_RESPONSE: 'The answer was not understood.',
  HPE_INVALID_CONSTANT: 'The answer was not HTTP.',
  UND_ERR_HEADERS_OVERFLOW: 'The answer had too many headers.',
};

const TIMEOUTS = new Set([
  'UND_ERR_CONNECT_TIMEOUT',
  'UND_ERR_HEADERS_TIMEOUT',
  'UND_ERR_BODY_TIMEOUT',
  'ETIMEDOUT',
]);

/** Plain words for what undici, Node's sockets and its TLS report. Their texts may hold addresses with passwords. */
export function describeNetworkError(error: unknown): NetworkTrouble {
  const codes = codesOf(error);
  if (codes.some((code) => TIMEOUTS.has(code))) return { kind: 'timed-out' };
  const proxyStatus = proxyRefusal(error);
  if (proxyStatus !== null) {
    const detail =
      proxyStatus === 407 ? 'The proxy asks for a user and password.' : 'The proxy refused to connect.';
    return { kind: 'unreachable', detail, status: proxyStatus };
  }
  const unreachable = firstKnown(codes, UNREACHABLE) ?? tlsFailure(codes);
  if (unreachable) return { kind: 'unreachable', detail: unreachable, status: null };
  const cut = firstKnown(codes, CUT) ?? `The connection failed (${codes[0] ?? 'unknown reason'}).`;
  return { kind: 'cut', detail: cut, status: null };
}

function firstKnown(codes: readonly string[], words: Readonly<Record<string, string>>): string | null {
  for (const code of codes) {
    const known = words[code];
    if (known) return known;
  }
  return null;
}

/** OpenSSL's and Node's certificate codes: `DEPTH_ZERO_SELF_SIGNED_CERT`, `CERT_HAS_EXPIRED`, `ERR_TLS_…`, `ERR_SSL_…`. */
function tlsFailure(codes: readonly string[]): string | null {
  const code = codes.find((name) => /CERT|^ERR_TLS_|^ERR_SSL_|^UNABLE_TO_|SIGNATURE|^EPROTO$/.test(name));
  return code
    ? `The service's certificate was not accepted or the secure connection failed (${code}).`
    : null;
}

/** undici says so in words only: "Proxy response (407) !== 200 when HTTP Tunneling". */
function proxyRefusal(error: unknown): number | null {
  const message = error instanceof Error ? error.message : '';
  const match = /Proxy (?:response|Authentication Required) \((\d{3})\)/.exec(message);
  return match ? Number(match[1]) : null;
}

/** Codes of the error, its causes, and of the addresses tried (AggregateError), outermost first. */
function codesOf(error: unknown, depth = 0): readonly string[] {
  if (!(error instanceof Error) || depth > 4) return [];
  const own = 'code' in error && typeof error.code === 'string' ? [error.code] : [];
  const inner = error instanceof AggregateError ? error.errors : [];
  return [...own, ...codesOf(error.cause, depth + 1), ...inner.flatMap((each) => codesOf(each, depth + 1))];
}
