/** Who may work on a machine. */
export interface Account {
  readonly name: string;
  readonly uid: number;
  /** The first is its own. */
  readonly groups: readonly string[];
  readonly home: string;
  /** False: `internal-sftp` only. */
  readonly hasShell: boolean;
  /** `sudo -n` for every command, or none at all. */
  readonly maySudo: boolean;
}

export const ROOT: Account = {
  name: 'root',
  uid: 0,
  groups: ['root'],
  home: '/root',
  hasShell: true,
  maySudo: true,
};

export const isRoot = ({ uid }: Account): boolean => uid === 0;

/** Numbers as Debian gives them. */
export function groupNumber(group: string): number {
  return GROUPS[group] ?? 1000;
}
const GROUPS: Readonly<Record<string, number>> = { root: 0, wazuh: 111, ossec: 112, verdict: 1001 };

export function userNumber(user: string): number {
  return USERS[user] ?? 1000;
}
const USERS: Readonly<Record<string, number>> = { root: 0, wazuh: 109, ossec: 110, verdict: 1001 };
