import { endpointName, type ProfileSecret } from '../../../src-shared/domain/connection-profile.ts';
import type { OfferedCertificate, OfferedHostKey } from '../../../src-shared/ipc/connections.ts';
import type { PromptNeed } from '../../manager/ssh/ssh-link.ts';
import type { CommandContext } from '../context.ts';
import { Prompter } from '../prompter.ts';
import type { Terminal } from '../terminal.ts';

/** As OpenSSH: so often a secret is asked for before it is given up. */
const MOST_TRIES = 3;

/** Whoever sits at the terminal. Nobody does where a script runs the command: every question is then unanswered. */
export class Person {
  readonly #terminal: Terminal;
  readonly #signal: AbortSignal;
  readonly #prompter: Prompter;
  readonly #tries = new Map<ProfileSecret, number>();

  constructor({ terminal, signal }: Pick<CommandContext, 'terminal' | 'signal'>, prompter = new Prompter()) {
    this.#terminal = terminal;
    this.#signal = signal;
    this.#prompter = prompter;
  }

  get isThere(): boolean {
    return this.#prompter.isPossible;
  }

  /** Keyboard-interactive: one answer for each field. */
  async answer(need: PromptNeed, signal: AbortSignal = this.#signal): Promise<readonly string[] | null> {
    if (!this.isThere) return null;
    this.#terminal.note([`${need.asker} asks:`, need.title, need.instructions].filter(Boolean).join('\n'));
    const answers: string[] = [];
    for (const { label, isShown } of need.fields) {
      const answer = await this.#prompter.ask(label === '' ? 'Answer:' : label, { isShown, signal });
      if (answer === null) return null;
      answers.push(answer);
    }
    return answers;
  }

  /** Null when there is no answer, or none is likely to be right any more. An empty line counts as none. */
  async secret(secret: ProfileSecret, wasRefused: boolean): Promise<string | null> {
    const tries = this.#tries.get(secret) ?? 0;
    if (!this.isThere || tries >= MOST_TRIES) return null;
    this.#tries.set(secret, tries + 1);
    const label = `${wasRefused ? 'It was not accepted. ' : ''}${labelOf(secret)}:`;
    return (await this.#prompter.ask(label, { isShown: false, signal: this.#signal })) || null;
  }

  /** Null: sudo asks for none. */
  sudoPassword(): Promise<string | null> {
    const label = 'Password for sudo on the manager (empty: sudo asks for none):';
    return this.#hidden(label);
  }

  vaultPassphrase(): Promise<string | null> {
    return this.#hidden('The vault of secrets is locked. Its passphrase (empty: leave it locked):');
  }

  acceptsHostKey({ host, port, keyType, fingerprint }: OfferedHostKey): Promise<boolean> {
    return this.#confirm(
      `The host key of ${endpointName(host, port)} is not known:\n  ${keyType} ${fingerprint}\n` +
        'Compare it with the one on the server (ssh-keygen -lf /etc/ssh/ssh_host_ed25519_key.pub).',
      'Accept this key?',
    );
  }

  acceptsCertificate(offered: OfferedCertificate): Promise<boolean> {
    const { host, port, subject, validUntil, fingerprint, reason } = offered;
    return this.#confirm(
      `The certificate of ${endpointName(host, port)} is not known. ${reason}\n` +
        `  ${subject}, valid until ${validUntil}\n  SHA-256 ${fingerprint}`,
      'Accept this certificate?',
    );
  }

  /** False where nobody is there. */
  agrees(facts: string, question: string): Promise<boolean> {
    return this.#confirm(facts, question);
  }

  async #hidden(label: string): Promise<string | null> {
    return (await this.#prompter.ask(label, { isShown: false, signal: this.#signal })) || null;
  }

  async #confirm(facts: string, question: string): Promise<boolean> {
    if (!this.isThere) return false;
    if (facts !== '') this.#terminal.note(facts);
    return this.#prompter.confirm(question, this.#signal);
  }
}

function labelOf(secret: ProfileSecret): string {
  switch (secret) {
    case 'password':
      return 'Password of the SSH account';
    case 'passphrase':
      return 'Passphrase of the private key';
    case 'sudo-password':
      return 'Password for sudo on the manager';
    case 'api-password':
      return 'Password of the API user';
    default: {
      const [, place = '0', kind = 'password'] = /^jump-(\d)-(.+)$/.exec(secret) ?? [];
      const whose = `jump host ${Number(place) + 1}`;
      return kind === 'password' ? `Password at ${whose}` : `Passphrase of the key for ${whose}`;
    }
  }
}
