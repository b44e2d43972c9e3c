import type {
  ProfileDraft,
  ProfileSecret,
  SshHop,
} from '../../../../src-shared/domain/connection-profile.ts';
import type { ProfileSecretsInput } from '../../../../src-shared/ipc/connections.ts';
import type { ConnectionDraft, HopDraft } from './draft.ts';

export interface DraftInput {
  readonly draft: ProfileDraft;
  readonly secrets: ProfileSecretsInput;
  readonly forgets: ProfileSecret[];
}

/** A form without problems, as the contract takes it; what the chosen way has no use for is left out. */
export function draftInput(form: ConnectionDraft): DraftInput {
  const isSsh = form.way === 'ssh';
  const hasApi = form.way === 'api' || form.usesApi;
  const draft: ProfileDraft = {
    name: form.name.trim(),
    ssh: isSsh
      ? {
          ...hop(form.manager),
          jumps: form.jumps.map(hop),
          allowsLegacyAlgorithms: form.allowsLegacyAlgorithms,
        }
      : null,
    isLocal: form.way === 'local',
    api: hasApi ? { url: form.apiUrl.trim(), user: form.apiUser.trim() } : null,
    prefix: form.way === 'api' || form.prefix.trim() === '' ? null : form.prefix.trim(),
    elevation: form.way === 'api' ? 'none' : form.elevation,
    alertFormat: form.way === 'api' || form.alertFormat === 'none' ? null : form.alertFormat,
    readsArchives: form.way !== 'api' && form.readsArchives,
    publishing: form.publishing,
  };
  return { draft, secrets: secretsOf(form), forgets: forgetsOf(form) };
}

function hop({ host, port, user, methods, keyPath }: HopDraft): SshHop {
  return {
    host: host.trim(),
    port: Number(port),
    user: user.trim(),
    methods: [...methods],
    keyPath: methods.includes('key') ? keyPath.trim() : null,
  };
}

function secretsOf(form: ConnectionDraft): ProfileSecretsInput {
  const isSsh = form.way === 'ssh';
  return {
    ...(isSsh ? hopSecrets(form.manager) : {}),
    ...(form.way !== 'api' && form.elevation === 'sudo-password' && form.sudoPassword !== ''
      ? { 'sudo-password': form.sudoPassword }
      : {}),
    ...((form.way === 'api' || form.usesApi) && form.apiPassword !== ''
      ? { 'api-password': form.apiPassword }
      : {}),
    jumps: isSsh ? form.jumps.map(hopSecrets) : [],
  };
}

function hopSecrets({ methods, password, passphrase }: HopDraft) {
  return {
    ...(methods.includes('password') && password !== '' ? { password } : {}),
    ...(methods.includes('key') && passphrase !== '' ? { passphrase } : {}),
  };
}

/** By their places in the form, like the secrets that are given. */
function forgetsOf({ forgets, jumps }: ConnectionDraft): ProfileSecret[] {
  return [
    ...forgets,
    ...jumps.flatMap((jump, place) => jump.forgets.map((kind): ProfileSecret => `jump-${place}-${kind}`)),
  ];
}
