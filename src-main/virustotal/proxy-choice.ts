import { DomainError } from '../../src-shared/errors/domain-error.ts';

/** What undici's proxy agent is told; an empty text switches a proxy off. */
export interface ProxyChoice {
  readonly httpsProxy: string;
  readonly httpProxy: string;
  readonly noProxy: string;
}

type Environment = Readonly<Record<string, string | undefined>>;

/**
 * The proxy to ask through: the environment's (HTTPS_PROXY, HTTP_PROXY, NO_PROXY, in either case), else the desktop's.
 * Errors: `virustotal.proxy-refused` for one that is no address.
 */
export function chooseProxy(environment: Environment, systemProxy: string | null): ProxyChoice {
  const named = (name: string) => environment[name.toLowerCase()] || environment[name] || '';
  const httpProxy = addressOf(named('HTTP_PROXY'));
  const httpsProxy = addressOf(named('HTTPS_PROXY'));
  const noProxy = named('NO_PROXY');
  if (httpProxy || httpsProxy || systemProxy === null) return { httpsProxy, httpProxy, noProxy };
  return { httpsProxy: systemProxy, httpProxy: systemProxy, noProxy };
}

/** `proxy.example:3128` means the same as `http://proxy.example:3128`, as curl reads it. */
function addressOf(text: string): string {
  if (text === '') return '';
  const address = /^[a-z][\w+.-]*:\/\//i.test(text) ? text : `http://${text}`;
  const protocol = URL.parse(address)?.protocol ?? '';
  if (['http:', 'https:', 'socks5:', 'socks:'].includes(protocol)) return address;
  // The address itself is not repeated: it may hold a password.
  throw new DomainError(
    'virustotal.proxy-refused',
    'The proxy in HTTPS_PROXY or HTTP_PROXY is not an address.',
    'Set it to an address such as http://proxy.example:3128, or unset it.',
  );
}
