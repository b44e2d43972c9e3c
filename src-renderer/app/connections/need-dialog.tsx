import { useEffect, useEffectEvent } from 'react';
import { useStatus } from '../backend-context.tsx';
import { CertificateChanged, CertificateUnknown } from './certificate-dialogs.tsx';
import { HostKeyChanged, HostKeyUnknown } from './host-key-dialogs.tsx';
import { openNeeds, type OpenNeed } from './needs.ts';
import { PromptDialog } from './prompt-dialog.tsx';
import { SecretDialog } from './secret-dialog.tsx';

/** The dialog of one need, over any screen. Once the need is gone, so is the dialog. */
export function NeedDialog({
  needKey,
  onClose,
}: {
  readonly needKey: string | null;
  readonly onClose: () => void;
}) {
  const { connections } = useStatus();
  const open = openNeeds(connections).find(({ key }) => key === needKey);
  // Asked once more later, it waits to be opened once more: nothing takes the focus by itself.
  const isGone = needKey !== null && !open;
  const close = useEffectEvent(onClose);
  useEffect(() => {
    if (isGone) close();
  }, [isGone]);
  return open ? <DialogOf key={open.key} open={open} onClose={onClose} /> : null;
}

function DialogOf({ open, onClose }: { readonly open: OpenNeed; readonly onClose: () => void }) {
  const { need } = open;
  const frame = { profileId: open.profileId, name: open.name, onClose };
  switch (need.kind) {
    case 'host-key-unknown':
      return <HostKeyUnknown {...frame} need={need} />;
    case 'host-key-changed':
      return <HostKeyChanged {...frame} need={need} />;
    case 'certificate-unknown':
      return <CertificateUnknown {...frame} need={need} />;
    case 'certificate-changed':
      return <CertificateChanged {...frame} need={need} />;
    case 'prompt':
      return <PromptDialog {...frame} need={need} />;
    case 'secret':
      return <SecretDialog {...frame} need={need} />;
  }
}
