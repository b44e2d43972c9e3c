import type { AnyAuthMethod, ParsedKey } from 'ssh2';
import { SSH_AUTH_METHODS, type SshAuthMethod } from '../../../src-shared/domain/connection-profile.ts';
import { within, type Deadline } from './deadline.ts';
import { Interactive } from './interactive.ts';
import { loadPrivateKey, Sha1Refused, withoutSha1 } from './private-key.ts';
import { readPublicHalf } from './public-half.ts';
import {
  agentDidNotSign,
  agentEmpty,
  agentKeysRefused,
  agentUnreachable,
  keyNeedsSha1,
  keyRefused,
  noMethodLeft,
  passwordMissing,
  passwordRefused,
  tooManyFailures,
} from './sign-in-failures.ts';
import { agentAddresses, keysOfAgents, OneKeyAgent } from './ssh-agent.ts';
import { SshFailure, type HopAt } from './ssh-failure.ts';
import { timingsOf, type SshPorts } from './ssh-ports.ts';

export interface SignInOptions {
  readonly at: HopAt;
  readonly ports: SshPorts;
  readonly allowsLegacy: boolean;
  readonly deadline: Deadline;
  /** Ends with the connection. */
  readonly signal: AbortSignal;
  readonly giveUp: (failure: SshFailure) => void;
}

/** What was sent last, and what its refusal means; null: nothing to report yet. */
interface Try {
  readonly method: AnyAuthMethod;
  readonly refused: () => SshFailure | null;
}

/** The names servers use: RFC 4252. */
const OFFERED_AS: Readonly<Record<SshAuthMethod, string>> = {
  agent: 'publickey',
  key: 'publickey',
  password: 'password',
  'keyboard-interactive': 'keyboard-interactive',
};

/**
 * Signing in at one machine: asks what is offered, then takes the profile's ways in OpenSSH's order, each once. A partial
 * success (one of several factors) goes on with the ways that are left.
 */
export class SignIn {
  readonly #options: SignInOptions;
  readonly #username: string;
  #ways: readonly SshAuthMethod[];
  #last: Try | null = null;
  readonly #troubles: SshFailure[] = [];
  readonly #refusedKeys = new Set<string>();
  #agent: { readonly address: string; readonly keys: ParsedKey[]; readonly count: number } | null = null;
  /** An agent's key that signed: ssh2 does not tell whether that was one factor of several. */
  #isAgentAnswerOpen = false;
  #offered: readonly string[] = [];
  #interactive: Interactive | null = null;

  constructor(options: SignInOptions) {
    this.#options = options;
    this.#username = options.at.hop.user;
    this.#ways = SSH_AUTH_METHODS.filter((way) => options.at.hop.methods.includes(way));
  }

  /** A person has a question of this machine before them. */
  get isAsking(): boolean {
    return this.#interactive?.isAsking ?? false;
  }

  /** What to send next. `offered`: null at the start; `isPartial`: the last try was accepted and more is wanted. */
  async next(offered: readonly string[] | null, isPartial: boolean): Promise<AnyAuthMethod | SshFailure> {
    if (offered === null) return { type: 'none', username: this.#username };
    if (this.#isAgentAnswerOpen) {
      this.#isAgentAnswerOpen = false;
      this.#last = { method: { type: 'none', username: this.#username }, refused: () => null };
      return this.#last.method;
    }
    this.#offered = offered;
    if (!isPartial) this.#report(this.#last?.refused());
    this.#last = await this.#nextTry();
    return this.#last?.method ?? this.#failure();
  }

  /** An error that ssh2 reports before it asks for the next way. */
  note(error: unknown): void {
    const { at } = this.#options;
    this.#report(error instanceof Sha1Refused ? keyNeedsSha1(at) : agentDidNotSign(at, error));
    this.#last = null;
  }

  /** The server ended it for too many refusals: the last try was one of them. */
  cutOff(): SshFailure {
    this.#report(this.#last?.refused());
    return tooManyFailures(this.#options.at).with(this.#troubles);
  }

  async #nextTry(): Promise<Try | null> {
    for (;;) {
      const way = this.#ways.find((candidate) => this.#offered.includes(OFFERED_AS[candidate]));
      if (!way) return null;
      const prepared = await this.#prepare(way);
      if (prepared && !(prepared instanceof SshFailure)) return prepared;
      this.#ways = this.#ways.filter((other) => other !== way);
      this.#report(prepared);
    }
  }

  /** Null or a failure: this way has nothing (more) to send. */
  async #prepare(way: SshAuthMethod): Promise<Try | SshFailure | null> {
    if (way === 'agent') return this.#agentTry();
    this.#ways = this.#ways.filter((other) => other !== way);
    switch (way) {
      case 'key':
        return this.#keyTry();
      case 'password':
        return this.#passwordTry();
      case 'keyboard-interactive': {
        const interactive = new Interactive(this.#options);
        this.#interactive = interactive;
        return {
          method: { type: way, username: this.#username, prompt: interactive.prompt },
          refused: () => interactive.refused(),
        };
      }
    }
  }

  async #agentTry(): Promise<Try | SshFailure | null> {
    const { at } = this.#options;
    const agent = this.#agent ?? (await this.#openAgent());
    if (agent instanceof SshFailure) return agent;
    this.#agent = agent;
    const key = agent.keys.shift();
    if (!key) return agent.count > 0 ? agentKeysRefused(at, agent.count) : agentEmpty(at);
    const oneKey = new OneKeyAgent(agent.address, key, {
      allowsSha1: this.#options.allowsLegacy,
      whileSigning: (signing) => this.#waitForSignature(signing),
      onSigned: () => (this.#isAgentAnswerOpen = true),
    });
    return {
      method: { type: 'agent', username: this.#username, agent: oneKey },
      refused: () => {
        this.#refusedKeys.add(publicHalf(key));
        return null;
      },
    };
  }

  async #openAgent() {
    const { at, ports } = this.#options;
    const addresses = ports.agents ?? agentAddresses();
    try {
      const { address, keys } = await keysOfAgents(addresses, ports.clock);
      // The key of the profile first: servers count the tries.
      const wanted = at.hop.keyPath === null ? null : await readPublicHalf(at.hop.keyPath, ports.home);
      const ordered = keys.toSorted(
        (a, b) => Number(publicHalf(b) === wanted) - Number(publicHalf(a) === wanted),
      );
      return { address, keys: ordered, count: keys.length };
    } catch (error) {
      return agentUnreachable(at, addresses[0] ?? null, error);
    }
  }

  /** The agent may ask a person to confirm or to touch a key. */
  #waitForSignature(signing: Promise<void>): void {
    const { ports, deadline } = this.#options;
    void deadline.during(within(ports.clock, timingsOf(ports).answerMs, signing));
  }

  async #keyTry(): Promise<Try | SshFailure | null> {
    const { at, ports, allowsLegacy } = this.#options;
    const path = at.hop.keyPath;
    if (path === null) return null;
    const passphrase = () => ports.secretFor(at.place, 'passphrase');
    const key = await loadPrivateKey({ at, path, home: ports.home, passphrase });
    if (key instanceof SshFailure) return key;
    // The agent has just offered it.
    if (this.#refusedKeys.has(publicHalf(key))) return keyRefused(at, path);
    const usable = allowsLegacy ? key : withoutSha1(key);
    return {
      method: { type: 'publickey', username: this.#username, key: usable },
      refused: () => keyRefused(at, path),
    };
  }

  async #passwordTry(): Promise<Try | SshFailure> {
    const { at, ports } = this.#options;
    const password = await ports.secretFor(at.place, 'password');
    if (!password) return passwordMissing(at);
    if (ports.refused.has(at.place, password)) return passwordRefused(at);
    return {
      method: { type: 'password', username: this.#username, password },
      refused: () => {
        ports.refused.add(at.place, password);
        return passwordRefused(at);
      },
    };
  }

  #report(failure: SshFailure | null | undefined): void {
    if (failure) this.#troubles.push(failure);
  }

  /** The failure that a person can heal most directly; the others go with it. */
  #failure(): SshFailure {
    const { at } = this.#options;
    const ranked = this.#troubles.toReversed().toSorted((a, b) => rank(a) - rank(b));
    const [first, ...others] = ranked;
    return first ? first.with(others) : noMethodLeft(at, this.#offered, at.hop.methods);
  }
}

function rank(failure: SshFailure): number {
  if (failure.healing === 'person') return 0;
  return failure.code.startsWith('manager.agent-') ? 2 : 1;
}

const publicHalf = (key: ParsedKey): string => key.getPublicSSH().toString('base64');
