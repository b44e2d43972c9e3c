import type { FileKind, Threat } from '../virustotal/known-file.ts';
import type { AgentRole } from './agents.ts';
import type { OwnerName } from './owners.ts';

/**
 * What VirusTotal says of a product's files, as weights: most of what an administrator installs is clean, what people
 * write themselves is unknown, and a little is neither.
 */
export interface StandingMix {
  readonly clean?: number;
  readonly unknown?: number;
  readonly suspicious?: number;
  readonly malicious?: number;
}

/**
 * How a product's files come about: `upgraded` everywhere at once when a package is updated, `edited` on one machine,
 * `dropped` as a new file each time (its name holds `{n}`).
 */
export type Habit = 'upgraded' | 'edited' | 'dropped';

/** One kind of file the lab's machines hold. */
export interface Product {
  readonly key: string;
  /** Folder and name; `{n}` is the file's serial number, `{month}` reads 2026-11, `{day}` 17. */
  readonly path: string;
  readonly kind: FileKind;
  readonly habit: Habit;
  readonly roles: readonly AgentRole[];
  readonly owner: OwnerName;
  /** Unix permissions; Windows files have the usual access lists instead. */
  readonly permissions: string;
  readonly sizeBytes: readonly [least: number, most: number];
  readonly standing: StandingMix;
  readonly threat?: Threat;
  /** Tags of its monitored folder. */
  readonly tags?: readonly string[];
}

type Traits = Pick<Product, 'roles' | 'owner' | 'permissions'>;

const SERVERS: readonly AgentRole[] = ['web', 'database', 'mail', 'build', 'files'];
const PACKAGE: Traits = { roles: SERVERS, owner: 'root', permissions: 'rwxr-xr-x' };
const LIBRARY: Traits = { ...PACKAGE, permissions: 'rw-r--r--' };
const CONFIG: Traits = { roles: SERVERS, owner: 'root', permissions: 'rw-r--r--' };
const SITE: Traits = { roles: ['web'], owner: 'web', permissions: 'rw-r--r--' };
const WINDOWS: Traits = { roles: ['desktop', 'domain'], owner: 'installer', permissions: '' };
const CLEAN: StandingMix = { clean: 1 };
const OWN_WORK: StandingMix = { unknown: 1 };
const KIB = 1024;

/** Packages, in the order of their names: one version for all machines that have it. */
const UPGRADED: readonly Product[] = [
  packaged('nginx', '/usr/sbin/nginx', 1250, { ...PACKAGE, roles: ['web'] }),
  packaged('php-fpm', '/usr/sbin/php-fpm8.2', 5600, { ...PACKAGE, roles: ['web'] }),
  packaged('postgres', '/usr/lib/postgresql/16/bin/postgres', 9100, { ...PACKAGE, roles: ['database'] }),
  packaged('pg_dump', '/usr/lib/postgresql/16/bin/pg_dump', 480, { ...PACKAGE, roles: ['database'] }),
  packaged('postfix', '/usr/sbin/postfix', 60, { ...PACKAGE, roles: ['mail'] }),
  packaged('dovecot', '/usr/sbin/dovecot', 180, { ...PACKAGE, roles: ['mail'] }),
  packaged('smbd', '/usr/sbin/smbd', 96, { ...PACKAGE, roles: ['files'] }),
  packaged('node', '/usr/bin/node', 98_000, { ...PACKAGE, roles: ['build'] }),
  packaged('rsync', '/usr/bin/rsync', 540, PACKAGE),
  packaged('sudo', '/usr/bin/sudo', 280, { ...PACKAGE, permissions: 'rwsr-xr-x' }),
  packaged('sshd', '/usr/sbin/sshd', 1200, PACKAGE),
  packaged('curl', '/usr/bin/curl', 300, PACKAGE),
  packaged('libcurl', '/usr/lib/x86_64-linux-gnu/libcurl.so.4.8.0', 680, LIBRARY),
  packaged('libssl', '/usr/lib/x86_64-linux-gnu/libssl.so.3', 690, LIBRARY),
  packaged('resolved', '/usr/lib/systemd/systemd-resolved', 480, PACKAGE),
  packaged('collector', '/opt/monitoring/agent/bin/collector', 14_200, PACKAGE),
  packaged('chrome', String.raw`c:\program files\google\chrome\application\chrome.exe`, 3300, WINDOWS),
  packaged('defender', String.raw`c:\windows\system32\drivers\wdfilter.sys`, 560, WINDOWS),
  packaged('7z', String.raw`c:\program files\7-zip\7z.dll`, 1830, WINDOWS),
  {
    ...packaged('wp-forms', '/srv/www/shop/wp-content/plugins/forms/forms.php', 42, SITE),
    kind: 'php',
    tags: ['shop'],
  },
  {
    ...packaged('vendor-js', '/usr/share/nginx/html/assets/vendor.js', 410, SITE),
    kind: 'javascript',
  },
];

/** What administrators and jobs write: nobody but them has these files. */
const EDITED: readonly Product[] = [
  edited('nginx.conf', '/etc/nginx/nginx.conf', { ...CONFIG, roles: ['web'] }),
  edited('shop.conf', '/etc/nginx/sites-available/shop.conf', { ...CONFIG, roles: ['web'] }),
  edited('pg_hba.conf', '/etc/postgresql/16/main/pg_hba.conf', {
    ...CONFIG,
    roles: ['database'],
    owner: 'postgres',
  }),
  edited('main.cf', '/etc/postfix/main.cf', { ...CONFIG, roles: ['mail'] }),
  edited('smb.conf', '/etc/samba/smb.conf', { ...CONFIG, roles: ['files'] }),
  edited('hosts', '/etc/hosts', { ...CONFIG, roles: [...SERVERS, 'legacy'] }),
  edited('crontab', '/etc/cron.d/backup-rotate', CONFIG),
  edited('authorized_keys', '/home/deploy/.ssh/authorized_keys', {
    ...CONFIG,
    owner: 'deploy',
    permissions: 'rw-------',
  }),
  edited('erp.ini', '/opt/erp/conf/erp.ini', { ...CONFIG, roles: ['legacy'] }),
  edited('hosts.win', String.raw`c:\windows\system32\drivers\etc\hosts`, WINDOWS),
  {
    ...edited('deploy.sh', '/opt/deploy/bin/deploy.sh', {
      ...CONFIG,
      owner: 'deploy',
      permissions: 'rwxr-xr-x',
    }),
    kind: 'shell-script',
  },
  {
    ...edited('index.php', '/srv/www/shop/index.php', SITE),
    kind: 'php',
    tags: ['shop'],
  },
];

/** New files: uploads, attachments, build results, downloads. */
const DROPPED: readonly Product[] = [
  dropped('upload-pdf', '/srv/upload/{month}/{day}/order-{n}.pdf', 'pdf', SITE, { clean: 3, unknown: 7 }),
  dropped('upload-doc', '/srv/upload/{month}/{day}/application-{n}.docx', 'document', SITE, {
    clean: 2,
    unknown: 8,
  }),
  dropped('attachment', '/srv/mail/attachments/{month}/scan{n}.pdf', 'pdf', mailbox(), {
    clean: 4,
    unknown: 6,
  }),
  dropped('release', '/opt/app/releases/{n}/bin/worker', 'elf', job('rwxr-xr-x'), { unknown: 1 }),
  dropped(
    'native',
    '/opt/app/releases/{n}/node_modules/sharp/build/Release/sharp.node',
    'elf',
    job('rwxr-xr-x'),
    CLEAN,
  ),
  dropped('notes', '/home/deploy/build/out/release-notes-{n}.pdf', 'pdf', job('rw-r--r--'), OWN_WORK),
  dropped('share', '/srv/share/projects/{month}/plan-{n}.xlsx', 'document', share(), {
    clean: 1,
    unknown: 9,
  }),
  dropped('share-zip', '/srv/share/projects/{month}/export-{n}.zip', 'archive', share(), {
    clean: 4,
    unknown: 6,
  }),
  dropped('download', String.raw`c:\users\public\downloads\setup-{n}.exe`, 'windows-program', desk(), {
    clean: 9,
    unknown: 1,
  }),
  dropped('update', String.raw`c:\programdata\updates\kb{n}.dll`, 'windows-library', WINDOWS, CLEAN),
  dropped('erp-export', '/opt/erp/export/batch-{n}.csv', 'text', { ...CONFIG, roles: ['legacy'] }, OWN_WORK),
];

/** Trouble. Rare, and the reason why all this exists. */
const THREATS: readonly Product[] = [
  threat(
    'miner',
    '/usr/local/bin/.sysupd/kworkerds',
    'elf',
    { ...PACKAGE, roles: ['database', 'build'] },
    'CoinMiner',
    'miner',
  ),
  threat(
    'backdoor',
    '/tmp/.X11-unix/.rsync/a/upd{n}',
    'elf',
    { ...PACKAGE, roles: ['database', 'mail'] },
    'Mirai',
    'trojan',
  ),
  threat(
    'webshell',
    '/srv/www/shop/wp-content/uploads/{month}/cache-{n}.php',
    'php',
    SITE,
    'WebShell',
    'trojan',
  ),
  threat(
    'dropper',
    String.raw`c:\users\public\downloads\invoice_{n}.exe`,
    'windows-program',
    desk(),
    'Emotet',
    'dropper',
  ),
  threat(
    'attached',
    '/srv/mail/attachments/{month}/invoice_{n}.exe',
    'windows-program',
    mailbox(),
    'AgentTesla',
    'trojan',
  ),
];

/** Suspected by an engine or two, and detected by none. */
const DOUBTFUL: readonly Product[] = [
  doubtful('macro', '/srv/mail/attachments/{month}/quote_{n}.docm', 'document', mailbox()),
  doubtful('viewer', '/srv/upload/{month}/{day}/portfolio_viewer_{n}.scr', 'windows-program', SITE),
  doubtful('wheel', '/home/deploy/.cache/pip/wheels/9f/0c/helper-{n}.so', 'elf', job('rwxr-xr-x')),
];

/** Clean when it came; a later analysis sees it for what it is. */
export const TURNING: Product = {
  ...dropped(
    'turning',
    '/srv/upload/invoice_2291.exe',
    'windows-program',
    { ...SITE, roles: ['web', 'mail'] },
    CLEAN,
  ),
  sizeBytes: [1_468_006, 1_468_006],
  threat: { family: 'Wacatac', category: 'trojan' },
};

/** The industry's test file, with its real digests. */
export const EICAR: Product = {
  ...dropped('eicar', '/var/www/html/uploads/eicar.com', 'eicar', SITE, { malicious: 1 }),
  sizeBytes: [68, 68],
};

/** FIM reports many empty files; they are never worth a question. */
export const EMPTY: Product = {
  ...dropped(
    'empty',
    '/var/lib/app/spool/{n}.lock',
    'text',
    { ...CONFIG, roles: [...SERVERS, 'legacy'] },
    CLEAN,
  ),
  sizeBytes: [0, 0],
};

export const PRODUCTS: readonly Product[] = [
  ...UPGRADED,
  ...EDITED,
  ...DROPPED,
  ...THREATS,
  ...DOUBTFUL,
  TURNING,
  EICAR,
  EMPTY,
];
export const EVERYDAY_DROPS = DROPPED;
export const TROUBLE = [...THREATS, ...DOUBTFUL];
export const DETECTED = THREATS;

const BY_KEY = new Map(PRODUCTS.map((product) => [product.key, product]));

export function productByKey(key: string): Product | null {
  return BY_KEY.get(key) ?? null;
}

function mailbox(): Traits {
  return { roles: ['mail'], owner: 'mail', permissions: 'rw-------' };
}
function job(permissions: string): Traits {
  return { roles: ['build'], owner: 'build', permissions };
}
function share(): Traits {
  return { roles: ['files'], owner: 'files', permissions: 'rw-rw-r--' };
}
function desk(): Traits {
  return { roles: ['desktop'], owner: 'desk', permissions: '' };
}

function packaged(key: string, path: string, kib: number, traits: Traits): Product {
  const isLibrary = /\.(dll|sys)$/.test(path);
  const isWindows = path.startsWith('c:');
  const kind = isLibrary ? 'windows-library' : isWindows ? 'windows-program' : 'elf';
  const sizeBytes = [kib * KIB, Math.floor(kib * KIB * 1.04)] as const;
  return { key, path, kind, habit: 'upgraded', sizeBytes, standing: CLEAN, ...traits };
}

function edited(key: string, path: string, traits: Traits): Product {
  return { key, path, kind: 'text', habit: 'edited', sizeBytes: [400, 9000], standing: OWN_WORK, ...traits };
}

function dropped(key: string, path: string, kind: FileKind, traits: Traits, standing: StandingMix): Product {
  return { key, path, kind, habit: 'dropped', sizeBytes: [14 * KIB, 2600 * KIB], standing, ...traits };
}

function threat(
  key: string,
  path: string,
  kind: FileKind,
  traits: Traits,
  family: string,
  category: string,
): Product {
  return { ...dropped(key, path, kind, traits, { malicious: 1 }), threat: { family, category } };
}

function doubtful(key: string, path: string, kind: FileKind, traits: Traits): Product {
  return dropped(key, path, kind, traits, { suspicious: 1 });
}
