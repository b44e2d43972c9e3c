import type { ProfileDraft } from '../../../src-shared/domain/connection-profile.ts';
import { DEFAULT_PREFIX } from '../../../src-shared/domain/connection-profile.ts';
import { DomainError } from '../../../src-shared/errors/domain-error.ts';
import { visibleText } from '../../../src-shared/formats/visible-text.ts';
import type { CheckStep, ConnectionCheck, ProfileField } from '../../../src-shared/ipc/connections.ts';
import type { ManagerHost } from '../../manager/host/manager-host.ts';
import type { ManagerAbilities } from './connection-tools.ts';
import { alertsPath } from './followed-alerts.ts';

type Draft = Pick<ProfileDraft, 'ssh' | 'prefix' | 'alertFormat' | 'elevation'>;
type Found = Omit<ConnectionCheck, 'step' | 'hop' | 'need'>;

const STEPS = ['files', 'shell', 'prefix', 'alerts', 'elevation'] as const;

/** What the account may do on a machine that is reached: looked at in order, nothing is changed. */
export async function checkHost(
  host: ManagerHost,
  draft: Draft,
  abilities: Pick<ManagerAbilities, 'detectPrefix'>,
): Promise<readonly ConnectionCheck[]> {
  const files = await checkFiles(host);
  const hasShell = await hasShellOn(host);
  const prefix = await findPrefix(host, draft, abilities);
  return [
    inStep('files', files),
    inStep('shell', hasShell ? SHELL : NO_SHELL),
    inStep('prefix', prefix.check),
    inStep('alerts', await checkAlerts(host, draft, prefix.found)),
    inStep('elevation', await checkElevation(host, draft, hasShell)),
  ];
}

/** The machine was not reached. */
export function hostChecksSkipped({ alertFormat, elevation }: Draft): readonly ConnectionCheck[] {
  return STEPS.filter(
    (step) => (step !== 'alerts' || alertFormat !== null) && (step !== 'elevation' || elevation !== 'none'),
  ).map((step) => inStep(step, skipped('Not tried, because of what went wrong before.')));
}

const SHELL = passed('Programs may be run.');
const NO_SHELL = passed(
  'The account may transfer files only. Alerts are followed; what needs a program of the manager is not possible.',
);

async function checkFiles(host: ManagerHost): Promise<Found> {
  if (host.kind === 'local') return passed('The files of this machine are read directly.');
  try {
    await host.list('/');
    return passed('Files may be read over SFTP.');
  } catch (error) {
    if (!(error instanceof DomainError)) return passed('Files may be read over SFTP.');
    return failed(error, null);
  }
}

async function hasShellOn(host: ManagerHost): Promise<boolean> {
  try {
    return await host.hasShell();
  } catch {
    return false;
  }
}

async function findPrefix(
  host: ManagerHost,
  { prefix }: Draft,
  { detectPrefix }: Pick<ManagerAbilities, 'detectPrefix'>,
): Promise<{ readonly found: string | null; readonly check: Found }> {
  try {
    const found = await detectPrefix(host, prefix);
    return {
      found,
      check: found === null ? notFound(prefix) : passed(`Wazuh is installed in ${visibleText(found)}.`),
    };
  } catch (error) {
    return { found: null, check: failed(error, 'prefix') };
  }
}

function notFound(prefix: string | null): Found {
  return {
    outcome: 'failed',
    field: 'prefix',
    message: `No Wazuh manager was found in ${visibleText(prefix ?? DEFAULT_PREFIX)}.`,
    remedy:
      prefix === null
        ? 'Check that this machine is the manager. If it is installed elsewhere, enter its folder.'
        : 'Enter the folder that holds bin, etc and logs of the manager, or leave it empty to have it detected.',
  };
}

async function checkAlerts(
  host: ManagerHost,
  { alertFormat, ssh }: Draft,
  prefix: string | null,
): Promise<Found> {
  if (alertFormat === null) return skipped('No alert file is followed.');
  if (prefix === null) return skipped('Not tried, because the manager was not found.');
  const path = alertsPath(prefix, alertFormat);
  try {
    const facts = await host.stat(path);
    if (!facts) return noAlerts(path, alertFormat);
    const file = await host.open(path);
    try {
      await file.read(new Uint8Array(1), 0);
    } finally {
      file.close();
    }
    return passed(`${visibleText(path)} can be read.`);
  } catch (error) {
    return isRefused(error) ? notReadable(path, ssh?.user ?? null) : failed(error, 'user');
  }
}

function noAlerts(path: string, format: 'json' | 'log'): Found {
  const [option, other] =
    format === 'json' ? ['jsonout_output', 'alerts.log'] : ['alerts_log', 'alerts.json'];
  return {
    outcome: 'failed',
    field: 'prefix',
    message: `${visibleText(path)} does not exist.`,
    remedy: `Set <${option}>yes</${option}> in the <global> section of ossec.conf and restart the manager, or follow ${other}.`,
  };
}

function notReadable(path: string, user: string | null): Found {
  const account = user === null ? 'This account' : `User ${visibleText(user)}`;
  const name = user === null ? 'USER' : visibleText(user);
  return {
    outcome: 'failed',
    field: 'user',
    message: `${account} may not read ${visibleText(path)}.`,
    remedy: `Add it to the manager’s group: usermod -aG wazuh ${name} (before Wazuh 4.3 the group is ossec). It counts from the next sign-in on.`,
  };
}

function isRefused(error: unknown): boolean {
  return error instanceof Error && 'code' in error && (error.code === 'EACCES' || error.code === 'EPERM');
}

const NOTHING_AS_ROOT = 'Nothing is run as root.';
const NO_SHELL_FOR_SUDO: Found = {
  outcome: 'failed',
  field: 'elevation',
  message: 'sudo cannot be used: the account may not run programs.',
  remedy: 'Give the account a login shell, or choose no elevation.',
};

async function checkElevation(host: ManagerHost, { elevation }: Draft, hasShell: boolean): Promise<Found> {
  if (!hasShell) return elevation === 'none' ? skipped(NOTHING_AS_ROOT) : NO_SHELL_FOR_SUDO;
  if (elevation === 'none' && !(await isRoot(host))) return skipped(NOTHING_AS_ROOT);
  try {
    const { stdout } = await host.run({ argv: ['id', '-u'], asRoot: true, timeoutMs: 15_000 });
    if (Buffer.from(stdout).toString().trim() === '0')
      return passed(elevation === 'none' ? 'The account is root.' : 'sudo works.');
    return {
      outcome: 'failed',
      field: 'elevation',
      message: 'sudo ran a program, but not as root.',
      remedy: 'Look at the Runas part of the account’s line in sudoers: it has to allow root.',
    };
  } catch (error) {
    return failed(error, elevation === 'sudo-password' ? 'sudo-password' : 'elevation');
  }
}

async function isRoot(host: ManagerHost): Promise<boolean> {
  try {
    const { stdout } = await host.run({ argv: ['id', '-u'], timeoutMs: 15_000 });
    return Buffer.from(stdout).toString().trim() === '0';
  } catch {
    return false;
  }
}

function passed(message: string): Found {
  return { outcome: 'ok', field: null, message, remedy: '' };
}

function skipped(message: string): Found {
  return { outcome: 'skipped', field: null, message, remedy: '' };
}

/** What nobody foresaw passes on: it is no finding about the account. */
function failed(error: unknown, field: ProfileField | null): Found {
  if (error instanceof DomainError) {
    return { outcome: 'failed', field, message: error.message, remedy: error.remedy };
  }
  if (!(error instanceof Error && 'code' in error)) throw error;
  return {
    outcome: 'failed',
    field,
    message: `The machine answered: ${visibleText(error.message)}.`,
    remedy: 'Check the folder and the permissions of the account there.',
  };
}

function inStep(step: CheckStep, found: Found): ConnectionCheck {
  return { step, hop: null, need: null, ...found };
}
