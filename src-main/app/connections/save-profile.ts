import type {
  ConnectionProfile,
  ProfileDraft,
  ProfileSecret,
} from '../../../src-shared/domain/connection-profile.ts';
import type { ProfileSecretsInput } from '../../../src-shared/ipc/connections.ts';
import type { ConnectionTools } from './connection-tools.ts';
import { givenSecrets, keptName, usableSecrets } from './draft-secrets.ts';
import { endpointsOf, forgetUnusedPins, isSameWay } from './endpoints.ts';
import type { AcceptedInForm } from './open-ways.ts';
import { pinAccepted } from './pin-accepted.ts';

export interface SaveRequest {
  readonly profileId: number | null;
  readonly draft: ProfileDraft;
  readonly secrets: ProfileSecretsInput;
  readonly accepted: AcceptedInForm;
  readonly acceptsClearText: boolean;
  /** Kept secrets that a person wants gone, by their places in this draft; one that is given anew is replaced. */
  readonly forgets: readonly ProfileSecret[];
}

export interface SavedProfile {
  readonly profileId: number;
  /** Something changed that a connection stands on. */
  readonly needsNewConnection: boolean;
}

/**
 * Stores a profile with its secrets and what was accepted in its form. Secrets go first: a place that refuses them leaves
 * everything as it was. Errors: `connections.name-taken`, those of keeping secrets.
 */
export async function saveProfile(
  request: SaveRequest,
  before: ConnectionProfile | null,
  tools: ConnectionTools,
): Promise<SavedProfile> {
  const { draft } = request;
  tools.store.profiles.requireFreeName(draft.name, request.profileId);
  if (!before) {
    const profileId = await addProfile(request, tools);
    pinAccepted(request, tools);
    return { profileId, needsNewConnection: true };
  }
  const after: ConnectionProfile = { ...draft, id: before.id };
  const changed = await secretsToKeep(request, before, tools);
  await tools.secrets.keep(before.id, changed, request);
  tools.store.profiles.change(before.id, draft);
  if (before.publishing !== 'off' && draft.publishing === 'off')
    tools.store.publications.dropWaiting(before.id);
  const usable = usableSecrets(draft);
  const isOwn = (secret: ProfileSecret) =>
    usable.has(secret) && keptName(secret, draft, before) === secret && !request.forgets.includes(secret);
  await tools.secrets.forget(before.id, (secret) => changed.has(secret) || isOwn(secret));
  const pinned = pinAccepted(request, tools);
  forgetUnusedPins(endpointsOf(before), tools.store);
  return {
    profileId: before.id,
    needsNewConnection: !isSameWay(before, after) || changed.size > 0 || request.forgets.length > 0 || pinned,
  };
}

/** Its number is known only once it is there; it goes again when its secrets cannot be kept. */
async function addProfile(request: SaveRequest, { store, secrets }: ConnectionTools): Promise<number> {
  const profileId = store.profiles.add(request.draft);
  try {
    await secrets.keep(profileId, usableGiven(request), request);
    return profileId;
  } catch (error) {
    store.profiles.remove(profileId);
    throw error;
  }
}

/** What the form gave, and what a jump host takes along to its new place. */
async function secretsToKeep(
  request: SaveRequest,
  before: ConnectionProfile,
  tools: ConnectionTools,
): Promise<ReadonlyMap<ProfileSecret, string>> {
  const { draft } = request;
  const kept = usableGiven(request);
  for (const secret of usableSecrets(draft)) {
    const name = keptName(secret, draft, before);
    if (kept.has(secret) || name === null || name === secret || request.forgets.includes(secret)) continue;
    const value = await tools.secrets.get(before.id, name);
    if (value !== null) kept.set(secret, value);
  }
  return kept;
}

function usableGiven({ draft, secrets }: SaveRequest): Map<ProfileSecret, string> {
  const usable = usableSecrets(draft);
  return new Map([...givenSecrets(secrets)].filter(([secret]) => usable.has(secret)));
}
