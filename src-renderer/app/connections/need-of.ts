import type { ConnectionNeed } from '../../../src-shared/ipc/connections.ts';

export type NeedOf<Kind extends ConnectionNeed['kind']> = Extract<ConnectionNeed, { readonly kind: Kind }>;

/** What every dialog of a need is given. */
export interface NeedDialogProps<Kind extends ConnectionNeed['kind']> {
  readonly profileId: number;
  /** Of the connection. */
  readonly name: string;
  readonly need: NeedOf<Kind>;
  readonly onClose: () => void;
}
