import { once } from 'node:events';
import ssh2, { type AuthContext, type Prompt } from 'ssh2';
import { fingerprintOf, type HostKey } from './an-sshd.ts';

/** One round of keyboard-interactive: what is asked, and the answers that are right. */
export interface PromptRound {
  readonly title?: string;
  readonly instructions?: string;
  readonly prompts: readonly Prompt[];
  readonly answers: readonly string[];
}

export interface PromptingServer {
  readonly host: '127.0.0.1';
  readonly port: number;
  readonly user: 'verdict';
  readonly hostKeys: readonly HostKey[];
  /** What clients sent: method, and for answers the answers. */
  readonly attempts: readonly string[];
  close(): Promise<void>;
}

/** A server that asks what no PAM module of a test machine would: second factors, several rounds, hostile text. */
export async function aPromptingServer(rounds: readonly PromptRound[]): Promise<PromptingServer> {
  // ecdsa: ssh2 1.17 makes an unreadable ed25519 pair now and then (it drops a leading zero).
  const pair = ssh2.utils.generateKeyPairSync('ecdsa', { bits: 256 });
  const [keyType = '', key = ''] = pair.public.split(' ');
  const attempts: string[] = [];
  const clients = new Set<{ end: () => unknown }>();
  const server = new ssh2.Server({ hostKeys: [pair.private] }, (client) => {
    clients.add(client);
    client.on('error', () => {});
    client.on('close', () => clients.delete(client));
    client.on('authentication', (context) => {
      attempts.push(context.method);
      if (context.method === 'keyboard-interactive') ask(context, rounds, attempts);
      else context.reject(['keyboard-interactive']);
    });
    client.on('ready', () => client.on('session', (accept) => accept()));
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address: unknown = server.address();
  const port = typeof address === 'object' && address && 'port' in address ? Number(address.port) : 0;
  return {
    host: '127.0.0.1',
    port,
    user: 'verdict',
    hostKeys: [{ keyType, key, fingerprint: fingerprintOf(key) }],
    attempts,
    close: async () => {
      for (const client of clients) client.end();
      const closed = once(server, 'close');
      server.close();
      await closed;
    },
  };
}

function ask(
  context: Extract<AuthContext, { method: 'keyboard-interactive' }>,
  rounds: readonly PromptRound[],
  attempts: string[],
): void {
  const [round, ...later] = rounds;
  if (!round) return context.accept();
  context.prompt([...round.prompts], round.title ?? '', round.instructions ?? '', (given) => {
    attempts.push(given.join(' | '));
    const isRight = round.answers.every((answer, place) => given[place] === answer);
    if (isRight) ask(context, later, attempts);
    else context.reject(['keyboard-interactive']);
  });
}
