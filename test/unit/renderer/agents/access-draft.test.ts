import { describe, expect, test } from 'vitest';
import {
  accessOf,
  draftOf,
  isFine,
  problemsOf,
  secretsOf,
} from '../../../../src-renderer/agents/kes/access-draft.ts';
import type { AgentAccess } from '../../../../src-shared/ipc/scans.ts';

const ACCESS: AgentAccess = {
  isOn: true,
  host: '{name}.ops.example',
  port: 2222,
  user: 'verdict',
  methods: ['key'],
  keyPath: '~/.ssh/id_ed25519',
  throughManager: false,
  elevation: 'sudo-password',
};

describe('SSH access to agents', () => {
  test('what is known comes back as it was', () => {
    expect(accessOf(draftOf(ACCESS), true)).toEqual(ACCESS);
    expect(isFine(problemsOf(draftOf(ACCESS)))).toBe(true);
  });

  test('a new one begins at the address of the agent, without an account', () => {
    const draft = draftOf(null);
    expect(draft.host).toBe('{ip}');
    expect(problemsOf(draft).user).not.toBeNull();
  });

  test.each([
    ['{hostname}', '{hostname} is not known'],
    ['verdict@host', 'without user or path'],
    ['', 'Enter an address'],
  ])('an address such as “%s” is refused', (host, words) => {
    expect(problemsOf({ ...draftOf(ACCESS), host }).host).toContain(words);
  });

  test('secrets that are of no use are not sent', () => {
    const draft = { ...draftOf(ACCESS), password: 'p', passphrase: 'q', sudoPassword: '' };
    expect(secretsOf(draft)).toEqual({ passphrase: 'q' });
  });
});
