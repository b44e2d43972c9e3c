import { accountOf, nameOf, nameWithin, quoted, SshFailure, type HopAt } from './ssh-failure.ts';

/** What the network says, by Node's code; `via` is the jump host that tried for us. */
export function reachFailure(at: HopAt, error: unknown): SshFailure {
  const code = codeOf(error);
  const facts = { step: 'reach', healing: 'time', cause: error } as const;
  switch (code ?? '') {
    case 'ENOTFOUND':
    case 'EAI_AGAIN':
    case 'EAI_NODATA':
    case 'EAI_NONAME':
      return new SshFailure(at, {
        ...facts,
        code: 'host-not-found',
        field: 'host',
        message: `${nameOf(at)}: no machine of that name is known here.`,
        remedy:
          'Check the spelling. If the name is known inside a VPN only, connect it; the connection follows.',
      });
    case 'ECONNREFUSED':
      return new SshFailure(at, {
        ...facts,
        code: 'refused',
        field: 'port',
        message: `${nameOf(at)} refused the connection: nothing listens on port ${at.hop.port}.`,
        remedy: 'Check the port, and on the machine that sshd runs (`systemctl status ssh`).',
      });
    case 'EHOSTUNREACH':
    case 'ENETUNREACH':
    case 'EHOSTDOWN':
    case 'ENETDOWN':
      return new SshFailure(at, {
        ...facts,
        code: 'unreachable',
        field: 'host',
        message: `${nameOf(at)} is not reachable from here: no way leads to its network.`,
        remedy: 'Check the network or the VPN. It is tried again by itself.',
      });
    case 'ECONNRESET':
    case 'EPIPE':
      return closedByServer(at, '', error);
    case 'ETIMEDOUT':
      return timedOut(at, error);
    default:
      return new SshFailure(at, {
        ...facts,
        code: 'unreachable',
        field: 'host',
        message: `${nameOf(at)} was not reached (${code ?? 'the network gave no reason'}).`,
        remedy: 'Check the network between here and there. It is tried again by itself.',
      });
  }
}

/** Happy eyeballs report one error for each address. */
function codeOf(error: unknown): string | null {
  const first = error instanceof AggregateError ? error.errors[0] : error;
  if (typeof first !== 'object' || first === null || !('code' in first)) return null;
  return typeof first.code === 'string' ? first.code : null;
}

export function timedOut(at: HopAt, cause?: unknown): SshFailure {
  return new SshFailure(at, {
    code: 'timed-out',
    step: 'reach',
    field: 'host',
    healing: 'time',
    message: `${nameOf(at)} did not answer on port ${at.hop.port}.`,
    remedy: 'Check the address, and that no firewall drops the connection. It is tried again by itself.',
    cause,
  });
}

export function handshakeTimedOut(at: HopAt, seconds: number): SshFailure {
  return new SshFailure(at, {
    code: 'timed-out',
    step: 'reach',
    field: 'port',
    healing: 'time',
    message: `${nameOf(at)} took the connection, then said nothing for ${seconds} seconds.`,
    remedy:
      'Check that the port is that of SSH and that the machine is not overloaded. It is tried again by itself.',
  });
}

/** SSH_MSG_CHANNEL_OPEN_FAILURE of a jump host: RFC 4254, section 5.1. */
export function forwardFailure(jump: HopAt, at: HopAt, error: unknown): SshFailure {
  const reason = typeof error === 'object' && error !== null && 'reason' in error ? error.reason : null;
  const said = error instanceof Error ? error.message.replace(/^\(SSH\) Channel open failure: ?/, '') : '';
  if (reason === 1) {
    return new SshFailure(jump, {
      code: 'forwarding-refused',
      step: 'reach',
      field: 'jumps',
      healing: 'change',
      message: `${nameOf(jump)} does not let ${accountOf(jump)} go on to ${nameWithin(at)}.`,
      remedy:
        'Allow TCP forwarding there (`AllowTcpForwarding yes`, `PermitOpen` in sshd_config), or use another jump host.',
      cause: error,
    });
  }
  return new SshFailure(at, {
    code: /refused/i.test(said) ? 'refused' : 'unreachable',
    step: 'reach',
    field: 'host',
    healing: 'time',
    message: `${nameOf(jump)} did not reach ${nameWithin(at)}${said ? `: ${quoted(said)}` : ''}.`,
    remedy: 'Check host and port as the jump host sees them. It is tried again by itself.',
    cause: error,
  });
}

export function closedByServer(at: HopAt, reason: string, cause?: unknown): SshFailure {
  return new SshFailure(at, {
    code: 'closed',
    step: 'reach',
    field: 'host',
    healing: 'time',
    message: `${nameOf(at)} closed the connection${reason ? `: ${quoted(reason)}` : ' before it was ready'}.`,
    remedy:
      'Its log says why (`journalctl -u ssh`); often too many connections at once, or a ban. It is tried again by itself.',
    cause,
  });
}

export function notSsh(at: HopAt, cause: unknown): SshFailure {
  return new SshFailure(at, {
    code: 'not-ssh',
    step: 'reach',
    field: 'port',
    healing: 'time',
    message: `What answers on ${nameWithin(at)}, port ${at.hop.port}, does not speak SSH.`,
    remedy: 'Check the port: SSH is usually 22, the manager’s API 55000.',
    cause,
  });
}

export function noCommonAlgorithm(
  at: HopAt,
  allowsLegacy: boolean,
  said: string,
  cause: unknown,
): SshFailure {
  const kind = /no matching (.+)$/.exec(said)?.[1];
  return new SshFailure(at, {
    code: 'no-common-algorithm',
    step: 'reach',
    field: 'host',
    healing: 'change',
    message: `${nameOf(at)} and Verdict Desk have no ${wordsFor(kind)} in common.`,
    remedy: allowsLegacy
      ? 'Update the SSH server there: not even old algorithms are enough.'
      : 'Update the SSH server there. Until then, switch on “Allow legacy algorithms” for this connection; it stays marked.',
    cause,
  });
}

function wordsFor(kind: string | undefined): string {
  if (kind === undefined) return 'algorithm';
  if (kind.includes('cipher')) return 'cipher';
  if (kind.includes('MAC')) return 'message authentication';
  if (kind.includes('host key')) return 'host key type';
  return kind.includes('key exchange') ? 'key exchange' : 'algorithm';
}

export function handshakeFailed(at: HopAt, said: string, cause: unknown): SshFailure {
  const isUnproven = /signature/i.test(said);
  return new SshFailure(at, {
    code: isUnproven ? 'host-key-unproven' : 'handshake-failed',
    step: isUnproven ? 'host-key' : 'reach',
    field: 'host',
    healing: isUnproven ? 'change' : 'time',
    message: isUnproven
      ? `${nameOf(at)} showed a host key and could not prove that it holds it. Nothing was sent.`
      : `The first steps with ${nameWithin(at)} failed: ${quoted(said)}.`,
    remedy: isUnproven
      ? 'Someone may be in between: look at the network before you connect again.'
      : 'Check that the port is that of SSH. It is tried again by itself.',
    cause,
  });
}

/** A connection that was up and is gone. */
export function connectionLost(at: HopAt, cause: unknown): SshFailure {
  const isSilent = cause instanceof Error && cause.message === 'Keepalive timeout';
  return new SshFailure(at, {
    code: 'connection-lost',
    step: 'reach',
    field: null,
    healing: 'time',
    message: isSilent
      ? `${nameOf(at)} stopped answering; the connection was given up.`
      : `The connection to ${nameWithin(at)} was lost.`,
    remedy: 'It is made again by itself; nothing is lost.',
    cause,
  });
}
