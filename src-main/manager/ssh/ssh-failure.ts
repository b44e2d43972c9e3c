import type { SshHop } from '../../../src-shared/domain/connection-profile.ts';
import { DEFAULT_SSH_PORT, endpointName } from '../../../src-shared/domain/connection-profile.ts';
import { DomainError } from '../../../src-shared/errors/domain-error.ts';
import { visibleText } from '../../../src-shared/formats/visible-text.ts';
import type { ConnectionNeed, ProfileField } from '../../../src-shared/ipc/connections.ts';

/** The steps of one attempt, for each machine on the way. */
export type SshStep = 'reach' | 'host-key' | 'sign-in';

/** What may end a failure: `time` (try again later), a `person` who gives what `need` names, or a `change` somewhere. */
export type SshHealing = 'time' | 'person' | 'change';

/** One machine on the way: the manager, or a jump host with its place in `SshAccess.jumps`. */
export interface HopAt {
  readonly hop: SshHop;
  /** Null: the manager itself. */
  readonly place: number | null;
}

interface SshFailureFacts {
  /** After `manager.`. */
  readonly code: string;
  readonly step: SshStep;
  readonly field: ProfileField | null;
  readonly healing: SshHealing;
  readonly message: string;
  readonly remedy: string;
  readonly need?: ConnectionNeed;
  readonly cause?: unknown;
}

/** Why an attempt came to nothing: what the administrator reads, and what the connection may do next. */
export class SshFailure extends DomainError {
  readonly at: HopAt;
  readonly step: SshStep;
  /** The place in the form it belongs to; jump hosts have one place for everything. */
  readonly field: ProfileField | null;
  readonly healing: SshHealing;
  readonly need: ConnectionNeed | null;
  /** Other ways to sign in that came to nothing in the same attempt. */
  readonly others: readonly SshFailure[];

  constructor(at: HopAt, facts: SshFailureFacts, others: readonly SshFailure[] = []) {
    super(`manager.${facts.code}`, facts.message, facts.remedy, facts.cause);
    this.at = at;
    this.step = facts.step;
    this.field = at.place === null ? facts.field : 'jumps';
    this.healing = facts.healing;
    this.need = facts.need ?? null;
    this.others = others;
  }

  with(others: readonly SshFailure[]): SshFailure {
    const { step, field, healing, message, remedy, cause } = this;
    const facts = { code: this.code.replace('manager.', ''), step, field, healing, message, remedy, cause };
    return new SshFailure(this.at, { ...facts, ...(this.need && { need: this.need }) }, others);
  }
}

/** `mgr-fra-1`, `mgr-fra-1:2222`; a jump host is called one. */
export function nameOf({ hop, place }: HopAt): string {
  const name = visibleText(hop.port === DEFAULT_SSH_PORT ? hop.host : endpointName(hop.host, hop.port));
  return place === null ? name : `Jump host ${name}`;
}

/** Inside a sentence. */
export function nameWithin(at: HopAt): string {
  const name = nameOf(at);
  return at.place === null ? name : name.replace('Jump host', 'jump host');
}

export function accountOf({ hop }: HopAt): string {
  return visibleText(hop.user);
}

/** What a server wrote, for use inside one of our sentences. */
export function quoted(text: string, longest = 200): string {
  const visible = visibleText(text.trim());
  return visible.length > longest ? `“${visible.slice(0, longest)}…”` : `“${visible}”`;
}

export function cancelled(): DomainError {
  return new DomainError(
    'manager.cancelled',
    'The connection was given up.',
    'Connect again when you want to.',
  );
}

/** What nobody foresaw: tried again, with the truth for the log in its cause. */
export function unexpected(at: HopAt, cause: unknown): SshFailure {
  return new SshFailure(at, {
    code: 'unexpected',
    step: 'reach',
    field: null,
    healing: 'time',
    message: `The connection to ${nameWithin(at)} ended for a reason nobody foresaw.`,
    remedy: 'It is tried again by itself. If it stays so, the log tells more.',
    cause,
  });
}
