import type {
  ConnectionProfile,
  ProfileDraft,
  SshAccess,
} from '../../../src-shared/domain/connection-profile.ts';
import type { ConnectionCheck, ProfileSecretsInput } from '../../../src-shared/ipc/connections.ts';
import { redactor } from '../../log/redactor.ts';
import { tryApi } from '../../manager/api/try-api.ts';
import { SshHost } from '../../manager/host/ssh-host.ts';
import { trySsh } from '../../manager/ssh/try-ssh.ts';
import type { ManagerAbilities, WayTools } from './connection-tools.ts';
import { givenSecrets, keptName } from './draft-secrets.ts';
import { checkHost, hostChecksSkipped } from './host-checks.ts';
import { OneSessionLink } from './one-session-link.ts';
import {
  apiPorts,
  openLocalHost,
  rootAccess,
  sshPorts,
  type AcceptedInForm,
  type SecretLookup,
} from './open-ways.ts';
import type { TestPrompts } from './test-prompts.ts';

export interface TestRequest {
  readonly draft: ProfileDraft;
  readonly secrets: ProfileSecretsInput;
  readonly accepted: AcceptedInForm;
}

interface Test extends TestRequest {
  readonly secretOf: SecretLookup;
  readonly tools: WayTools & { readonly abilities: Pick<ManagerAbilities, 'detectPrefix'> };
  readonly prompts: Pick<TestPrompts, 'ask'>;
  readonly signal: AbortSignal;
}

/**
 * Tries everything a form says, on the paths that connections take, and keeps nothing. The checks come in the order of
 * the form: the machine first, then the API; both are tried side by side. Errors: `manager.cancelled`, `api.cancelled`.
 */
export async function testConnection(
  request: TestRequest,
  before: ConnectionProfile | null,
  surroundings: Pick<Test, 'tools' | 'prompts' | 'signal'>,
): Promise<readonly ConnectionCheck[]> {
  const secretOf = draftSecrets(request, before, surroundings.tools);
  const test: Test = { ...request, ...surroundings, secretOf };
  const [machine, api] = await Promise.all([checkMachine(test), checkApi(test)]);
  return [...machine, ...api];
}

/** What the form gives, else what is kept for the profile that is edited. */
function draftSecrets(
  { draft, secrets }: TestRequest,
  before: ConnectionProfile | null,
  tools: Pick<WayTools, 'secrets'>,
): SecretLookup {
  const given = givenSecrets(secrets);
  for (const value of given.values()) redactor.register(value);
  return async (secret) => {
    const entered = given.get(secret);
    if (entered !== undefined || !before) return entered ?? null;
    const name = keptName(secret, draft, before);
    return name === null ? null : tools.secrets.get(before.id, name);
  };
}

async function checkMachine(test: Test): Promise<readonly ConnectionCheck[]> {
  const { draft, secretOf, tools } = test;
  if (draft.ssh) return checkOverSsh(draft.ssh, test);
  if (!draft.isLocal) return [];
  return checkHost(openLocalHost(draft, secretOf), draft, tools.abilities);
}

async function checkOverSsh(access: SshAccess, test: Test): Promise<readonly ConnectionCheck[]> {
  const { draft, tools, accepted, secretOf, prompts, signal } = test;
  const ports = {
    ...sshPorts(tools, secretOf, accepted),
    ask: prompts.ask.bind(prompts),
  };
  const { checks, session } = await trySsh(access, ports, signal);
  if (!session) return [...checks, ...hostChecksSkipped(draft)];
  const close = () => session.drop();
  signal.addEventListener('abort', close, { once: true });
  const host = new SshHost(access.host, new OneSessionLink(session), rootAccess(draft, secretOf));
  try {
    return [...checks, ...(await checkHost(host, draft, tools.abilities))];
  } finally {
    signal.removeEventListener('abort', close);
    host.close();
    await session.close();
  }
}

async function checkApi({
  draft,
  tools,
  secretOf,
  accepted,
  signal,
}: Test): Promise<readonly ConnectionCheck[]> {
  if (!draft.api) return [];
  return (await tryApi(draft.api, apiPorts(tools, secretOf, accepted), signal)).checks;
}
