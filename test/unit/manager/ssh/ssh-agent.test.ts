import { describe, expect, test } from 'vitest';
import { agentAddresses } from '../../../../src-main/manager/ssh/ssh-agent.ts';

describe('where an agent is looked for', () => {
  test('the socket of the session, where there is one', () => {
    expect(agentAddresses({ SSH_AUTH_SOCK: '/run/agent' }, 'linux')).toEqual(['/run/agent']);
    expect(agentAddresses({}, 'darwin')).toEqual([]);
  });

  test('on Windows the pipe of OpenSSH, then Pageant', () => {
    expect(agentAddresses({}, 'win32')).toEqual(['\\\\.\\pipe\\openssh-ssh-agent', 'pageant']);
  });
});
