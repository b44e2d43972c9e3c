import {
  isSameEndpoint,
  type ProfileSecret,
  type SshHop,
} from '../../../../src-shared/domain/connection-profile.ts';
import type { ConnectionDetail } from '../../../../src-shared/ipc/connections.ts';
import { apiEndpoint } from './api-endpoint.ts';
import type { ConnectionDraft, HopDraft, HopSecret, JumpDraft } from './draft.ts';

/**
 * What is kept of a secret, named by its place in the form. `elsewhere`: it was kept for another machine or account, and
 * what the form names now never gets it. `forgotten`: it is dropped once the form is saved.
 */
export type Keeping = 'kept' | 'elsewhere' | 'forgotten' | 'none';

/** As the core decides it when it tests and saves: a password belongs to the account and the machine it was given for. */
export function keepingOf(
  detail: ConnectionDetail | null,
  draft: ConnectionDraft,
  secret: ProfileSecret,
): Keeping {
  if (isForgotten(draft, secret)) return 'forgotten';
  if (detail === null) return 'none';
  const ofJump = jumpSecret(secret);
  if (ofJump !== null) return keepingOfJump(detail, draft.jumps[ofJump.place], ofJump.kind);
  if (!detail.secrets.includes(secret)) return 'none';
  return isForThis(secret, draft, detail) ? 'kept' : 'elsewhere';
}

function isForThis(
  secret: ProfileSecret,
  draft: ConnectionDraft,
  { profile: { ssh, isLocal, api } }: ConnectionDetail,
): boolean {
  switch (secret) {
    case 'password':
      return isSameHop(draft.manager, ssh);
    case 'sudo-password':
      return draft.way === 'local' ? isLocal : isSameHop(draft.manager, ssh);
    case 'api-password':
      return api !== null && isSameApi(draft, api);
    case 'passphrase':
      // It opens a file on this computer and is sent nowhere.
      return true;
    default:
      // Those of jump hosts are told by their own machines.
      return false;
  }
}

function keepingOfJump(
  { profile: { ssh }, secrets }: ConnectionDetail,
  jump: JumpDraft | undefined,
  kind: HopSecret,
): Keeping {
  if (!jump || !ssh) return 'none';
  const isKeptAt = (place: number) => secrets.includes(`jump-${place}-${kind}`);
  const place = ssh.jumps.findIndex((stored) => isSameHop(jump, stored));
  if (place >= 0) return isKeptAt(place) ? 'kept' : 'none';
  return jump.storedPlace !== null && isKeptAt(jump.storedPlace) ? 'elsewhere' : 'none';
}

function isSameHop(typed: HopDraft, stored: SshHop | null): boolean {
  if (stored === null || typed.user.trim() !== stored.user) return false;
  return isSameEndpoint({ host: typed.host.trim(), port: Number(typed.port) }, stored);
}

function isSameApi(
  { apiUrl, apiUser }: ConnectionDraft,
  stored: { readonly url: string; readonly user: string },
) {
  const [now, then] = [apiEndpoint(apiUrl), apiEndpoint(stored.url)];
  return now !== null && then !== null && isSameEndpoint(now, then) && apiUser.trim() === stored.user;
}

/** Names a secret of a jump host. */
const JUMP_SECRET = /^jump-(\d+)-(password|passphrase)$/;

interface JumpSecretPlace {
  readonly place: number;
  readonly kind: HopSecret;
}

function jumpSecret(secret: ProfileSecret): JumpSecretPlace | null {
  const [, place, kind] = JUMP_SECRET.exec(secret) ?? [];
  if (place === undefined) return null;
  return { place: Number(place), kind: kind === 'passphrase' ? 'passphrase' : 'password' };
}

function isForgotten(draft: ConnectionDraft, secret: ProfileSecret): boolean {
  const ofJump = jumpSecret(secret);
  if (ofJump === null) return draft.forgets.includes(secret);
  return draft.jumps[ofJump.place]?.forgets.includes(ofJump.kind) ?? false;
}

export function withForgotten(draft: ConnectionDraft, secret: ProfileSecret): ConnectionDraft {
  const ofJump = jumpSecret(secret);
  if (ofJump === null) return { ...draft, forgets: [...draft.forgets, secret] };
  return {
    ...draft,
    jumps: draft.jumps.map((jump, place) =>
      place === ofJump.place ? { ...jump, forgets: [...jump.forgets, ofJump.kind] } : jump,
    ),
  };
}

/** What is said beside the empty field of a secret. `usual`: where nothing is known of it. */
export function keepingWords(keeping: Keeping, secret: ProfileSecret, usual: string): string {
  if (keeping === 'forgotten') return 'Forgotten once you save.';
  if (keeping !== 'elsewhere') return usual;
  if (secret === 'api-password')
    return 'It was kept for another API or user. Enter the password for this one.';
  const what = secret.endsWith('passphrase') ? 'passphrase' : 'password';
  return `It was kept for another machine or user. Enter the ${what} for this one.`;
}
