import type { Store } from '../../src-main/store/open-store.ts';
import type { Publishing } from '../../src-shared/domain/connection-profile.ts';
import { aDraft } from './a-profile.ts';

/** A connection in the store, and the source of the alert file that is followed over it. */
export function aManager(
  store: Pick<Store, 'profiles' | 'sources'>,
  name: string,
  publishing: Publishing = 'off',
): { readonly profileId: number; readonly sourceId: number } {
  const profileId = store.profiles.add(aDraft({ name, publishing }));
  const sourceId = store.sources.add({
    profile: name,
    profileId,
    path: '/var/ossec/logs/alerts/alerts.json',
    format: 'json',
    isFollowed: true,
    readsArchives: false,
  });
  return { profileId, sourceId };
}
