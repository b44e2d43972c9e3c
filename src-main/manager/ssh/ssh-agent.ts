import ssh2, {
  BaseAgent,
  createAgent,
  type IdentityCallback,
  type ParsedKey,
  type SignCallback,
  type SigningRequestOptions,
} from 'ssh2';
import type { Clock } from '../../app/clock.ts';
import { within } from './deadline.ts';
import { Sha1Refused } from './private-key.ts';

/** OpenSSH for Windows has one well-known pipe. */
const WINDOWS_PIPE = '\\\\.\\pipe\\openssh-ssh-agent';
/** Agents list their keys at once; one that does not is hung. */
const LISTING_MS = 5_000;

/** Where an agent may be, in the order they are tried; empty when nothing tells. */
export function agentAddresses(
  environment: NodeJS.ProcessEnv = process.env,
  platform: NodeJS.Platform = process.platform,
): readonly string[] {
  const named = environment['SSH_AUTH_SOCK'];
  const own = named ? [named] : [];
  return platform === 'win32' ? [...own, WINDOWS_PIPE, 'pageant'] : own;
}

export interface AgentKeys {
  readonly address: string;
  readonly keys: readonly ParsedKey[];
}

/** The keys of the first agent that answers. Rejects with the last reason when none does. */
export async function keysOfAgents(addresses: readonly string[], clock: Clock): Promise<AgentKeys> {
  let reason: unknown = new Error('There is no agent.');
  let empty: AgentKeys | null = null;
  for (const address of addresses) {
    try {
      const keys = await within(clock, LISTING_MS, listKeys(createAgent(address)));
      if (keys === null) throw new Error('The agent did not list its keys in time.');
      if (keys.length > 0) return { address, keys };
      empty ??= { address, keys };
    } catch (error) {
      reason = error;
    }
  }
  if (empty) return empty;
  throw reason;
}

function listKeys(agent: BaseAgent): Promise<ParsedKey[]> {
  return new Promise((resolve, reject) => {
    agent.getIdentities((error, keys) => {
      if (error) return reject(error);
      resolve((keys ?? []).flatMap((key) => usable(key)));
    });
  });
}

/** Keys on hardware and certificates are of types that ssh2 cannot use. */
function usable(candidate: unknown): ParsedKey[] {
  const isText = typeof candidate === 'string' || Buffer.isBuffer(candidate);
  const key = isText ? ssh2.utils.parseKey(candidate) : candidate;
  return isParsed(key) ? [key] : [];
}

function isParsed(key: unknown): key is ParsedKey {
  return typeof key === 'object' && key !== null && 'getPublicSSH' in key;
}

/**
 * An agent that knows one key only. ssh2 runs through all keys of an agent without telling what the server said, so that
 * a key accepted as the first of two factors would be lost; offered one by one, each answer is seen.
 */
export class OneKeyAgent extends BaseAgent<ParsedKey> {
  readonly #agent: BaseAgent;
  readonly #key: ParsedKey;
  readonly #allowsSha1: boolean;
  readonly #whileSigning: (signing: Promise<void>) => void;
  readonly #onSigned: () => void;

  constructor(
    address: string,
    key: ParsedKey,
    options: {
      readonly allowsSha1: boolean;
      /** Told of each signature under way: the agent may ask a person to confirm it. */
      readonly whileSigning: (signing: Promise<void>) => void;
      /** The server wanted a signature, and gets one: it knows the key. */
      readonly onSigned: () => void;
    },
  ) {
    super();
    this.#agent = createAgent(address);
    this.#key = key;
    this.#allowsSha1 = options.allowsSha1;
    this.#whileSigning = options.whileSigning;
    this.#onSigned = options.onSigned;
  }

  override getIdentities(callback: IdentityCallback<ParsedKey>): void {
    callback(undefined, [this.#key]);
  }

  override sign(
    key: ParsedKey,
    data: Buffer,
    options: SigningRequestOptions | SignCallback,
    callback?: SignCallback,
  ): void {
    const done = typeof options === 'function' ? options : callback;
    const { hash } = typeof options === 'function' ? {} : options;
    if (key.type === 'ssh-rsa' && !this.#allowsSha1 && hash !== 'sha256' && hash !== 'sha512') {
      done?.(new Sha1Refused());
      return;
    }
    const signing = Promise.withResolvers<void>();
    this.#whileSigning(signing.promise);
    this.#agent.sign(key, data, hash === undefined ? {} : { hash }, (error, signature) => {
      signing.resolve();
      if (!error) this.#onSigned();
      done?.(error, signature);
    });
  }
}
