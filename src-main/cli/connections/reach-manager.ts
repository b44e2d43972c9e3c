import type { ConnectionProfile } from '../../../src-shared/domain/connection-profile.ts';
import { DomainError } from '../../../src-shared/errors/domain-error.ts';
import type { ConnectionNeed, WayStatus } from '../../../src-shared/ipc/connections.ts';
import type { WayTools } from '../../app/connections/connection-tools.ts';
import { openHostOf } from '../../app/connections/open-host.ts';
import { apiPorts } from '../../app/connections/open-ways.ts';
import type { WazuhApi } from '../../manager/api/wazuh-api.ts';
import { openWazuhApi } from '../../manager/api/wazuh-client.ts';
import type { ManagerHost } from '../../manager/host/manager-host.ts';
import { SshHost } from '../../manager/host/ssh-host.ts';
import type { SshLink } from '../../manager/ssh/ssh-link.ts';
import { wayOut } from './print-checks.ts';
import type { Person } from './person.ts';

/** The ways to one manager, for as long as `use` runs. */
export interface ReachedManager {
  /** Null: the profile has none, or it was not reached. */
  readonly host: ManagerHost | null;
  readonly api: WazuhApi | null;
  /** Why a way of the profile is not open, in words. */
  readonly troubles: readonly DomainError[];
}

interface Reaching {
  readonly tools: WayTools;
  readonly person: Person;
  readonly signal: AbortSignal;
}

/** Opens what the profile says, lets a person answer, and closes all of it afterwards. The API is not asked yet. */
export async function withManager<Result>(
  profile: ConnectionProfile,
  { tools, person, signal }: Reaching,
  use: (manager: ReachedManager) => Promise<Result>,
): Promise<Result> {
  const secretOf = (secret: Parameters<WayTools['secrets']['get']>[1]) =>
    tools.secrets.get(profile.id, secret);
  const { link, host } = openHostOf(profile, tools, secretOf);
  const api = openApi(profile, tools, secretOf);
  try {
    link?.start();
    const trouble = link && (await linkTrouble(link, { profile, tools, person, signal }));
    const troubles = [trouble, api instanceof DomainError ? api : null].filter((one) => one !== null);
    return await use({
      host: trouble ? null : host,
      api: api instanceof DomainError ? null : api,
      troubles,
    });
  } finally {
    if (!(api instanceof DomainError)) await api?.close();
    if (host instanceof SshHost) host.close();
    await link?.stop();
  }
}

function openApi(
  { api }: ConnectionProfile,
  tools: WayTools,
  secretOf: Parameters<typeof apiPorts>[1],
): WazuhApi | DomainError | null {
  if (!api) return null;
  try {
    return openWazuhApi(api, apiPorts(tools, secretOf));
  } catch (error) {
    if (error instanceof DomainError) return error;
    throw error;
  }
}

/** Null once it is connected; else why it is not. */
async function linkTrouble(
  link: SshLink,
  reaching: Reaching & { readonly profile: ConnectionProfile },
): Promise<DomainError | null> {
  for (;;) {
    const { status } = link;
    if (status.state === 'connected') return null;
    const isEnd = status.state === 'waiting' || status.state === 'stopped' || status.state === 'needs-you';
    if (reaching.signal.aborted || (isEnd && !(await isHelped(link, status, reaching))))
      return troubleOf(status);
    await nextStatus(link, status, reaching.signal);
  }
}

async function isHelped(
  link: SshLink,
  { need }: WayStatus,
  { profile, tools, person }: Reaching & { readonly profile: ConnectionProfile },
): Promise<boolean> {
  if (need?.kind === 'prompt') {
    const answers = await person.answer(need);
    return answers !== null && link.answerPrompt(need.promptId, answers);
  }
  if (need?.kind !== 'secret') return false;
  const value = await person.secret(need.secret, need.wasRefused);
  if (value === null) return false;
  tools.secrets.useForThisRun(profile.id, need.secret, value);
  link.retry();
  return true;
}

/** Resolves with the next change, also when it happened already. */
function nextStatus(link: SshLink, seen: WayStatus, signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    const done = () => {
      forget();
      signal.removeEventListener('abort', done);
      resolve();
    };
    const forget = link.onStatus(done);
    signal.addEventListener('abort', done, { once: true });
    if (link.status !== seen || signal.aborted) done();
  });
}

/** The status as an error, with what to add to a call without a terminal. */
export function troubleOf({ error, need }: WayStatus): DomainError {
  if (!error) {
    return new DomainError('manager.offline', 'The manager is not connected.', hintFor(need) ?? 'Try again.');
  }
  const hint = hintFor(need);
  return new DomainError(
    error.code,
    error.message,
    hint === null ? error.remedy : `${error.remedy}\n${hint}`,
  );
}

/** Keys and certificates are accepted by `profile test`. */
function hintFor(need: ConnectionNeed | null): string | null {
  if (!need) return null;
  const hint = wayOut(need);
  const isPin = need.kind === 'host-key-unknown' || need.kind === 'certificate-unknown';
  return isPin && hint !== null ? `${hint} to: verdict-desk profile test NAME` : hint;
}
