import { execFileSync, spawn } from 'node:child_process';
import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { once } from 'node:events';
import { sshdMissing } from './an-sshd.ts';

/** OpenSSH's own agent at a socket of its own. */
export interface SshAgent {
  /** For `SSH_AUTH_SOCK`. */
  readonly address: string;
  /** `ssh-add` with these words: paths of keys, `-D` to forget all, `-x` and `-X` to lock and unlock (the password is what `pwd` prints). */
  add(...words: string[]): void;
  stop(): Promise<void>;
}

/** Why there is none to test with; null when there is. */
export const agentMissing: string | null =
  sshdMissing ?? (existsSync('/usr/bin/ssh-agent') ? null : 'ssh-agent is not installed (openssh-client)');

export async function anSshAgent(): Promise<SshAgent> {
  const folder = mkdtempSync(join(tmpdir(), 'verdict-desk-agent-'));
  const address = join(folder, 'agent');
  const agent = spawn('ssh-agent', ['-D', '-a', address], { stdio: ['ignore', 'pipe', 'ignore'] });
  // It prints its address once it listens.
  await once(agent.stdout, 'data');
  const env = {
    ...process.env,
    SSH_AUTH_SOCK: address,
    SSH_ASKPASS_REQUIRE: 'force',
    SSH_ASKPASS: '/bin/pwd',
  };
  return {
    address,
    add: (...words) => void execFileSync('ssh-add', ['-q', ...words], { env, stdio: 'ignore' }),
    stop: async () => {
      const ended = once(agent, 'exit');
      agent.kill();
      await ended;
      rmSync(folder, { recursive: true, force: true });
    },
  };
}
