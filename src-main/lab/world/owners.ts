/** Who owns a file: name and numeric id (or SID) of user and group; Windows alerts of files name no group. */
export interface Owner {
  readonly user: string;
  readonly userId: string;
  readonly group: string | null;
  readonly groupId: string | null;
}

export const OWNERS = {
  root: unix('root', '0'),
  web: unix('www-data', '33'),
  deploy: unix('deploy', '1000'),
  postgres: unix('postgres', '114'),
  mail: unix('vmail', '5000'),
  build: unix('jenkins', '994'),
  files: unix('share', '1001'),
  administrators: windows('Administrators', 'S-1-5-32-544'),
  installer: windows('TrustedInstaller', 'S-1-5-80-956008885-3418522649-1831038044-1853292631-2271478464'),
  desk: windows(String.raw`LAB\hr-desk`, 'S-1-5-21-1004336348-1177238915-682003330-1107'),
} as const satisfies Record<string, Owner>;
export type OwnerName = keyof typeof OWNERS;

function unix(name: string, id: string): Owner {
  return { user: name, userId: id, group: name, groupId: id };
}

function windows(user: string, userId: string): Owner {
  return { user, userId, group: null, groupId: null };
}
