import { useSyncExternalStore } from 'react';
import { scansHref } from '../routes.ts';
import { navigate } from '../use-route.ts';
import { launchDraft, type LaunchDraft } from './launch-draft.ts';

export function useLaunchDraft(): readonly [LaunchDraft, (part: Partial<LaunchDraft>) => void] {
  const draft = useSyncExternalStore(launchDraft.subscribe, launchDraft.read);
  return [draft, changeDraft];
}

function changeDraft(part: Partial<LaunchDraft>): void {
  launchDraft.change(part);
}

/** From another screen: opens Scans with the form filled in. Nothing is sent before it is sent there. */
export function proposeScan(part: Partial<LaunchDraft>): void {
  launchDraft.begin(part);
  navigate(scansHref());
}
