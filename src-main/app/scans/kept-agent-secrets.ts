import { agentSecret, type AgentSecretKind } from '../../../src-shared/domain/connection-profile.ts';
import { DomainError } from '../../../src-shared/errors/domain-error.ts';
import type { AgentSecrets, AgentSecretValues } from '../../kes/desk/agent-care.ts';
import type { ProfileSecrets } from '../../secrets/profile-secrets.ts';
import type { ProfileStore } from '../../store/profile-store.ts';
import type { ConnectionsFleet } from './connections-fleet.ts';

interface KeptAgentSecretsParts {
  readonly profiles: Pick<ProfileStore, 'list'>;
  readonly secrets: ProfileSecrets;
  readonly fleet: Pick<ConnectionsFleet, 'retryAgents'>;
}

/** Secrets of agents among those of their connection. */
export class KeptAgentSecrets implements AgentSecrets {
  readonly #parts: KeptAgentSecretsParts;

  constructor(parts: KeptAgentSecretsParts) {
    this.#parts = parts;
  }

  async keep(profile: string, agentId: string | null, values: AgentSecretValues): Promise<void> {
    const id = this.#idOf(profile);
    const named = [...values].map(([kind, value]) => [agentSecret(agentId, kind), value] as const);
    await this.#parts.secrets.keep(id, new Map(named), { acceptsClearText: false });
  }

  async forget(profile: string, agentId: string | null, kinds: readonly AgentSecretKind[]): Promise<void> {
    const names = kinds.map((kind) => agentSecret(agentId, kind));
    await this.#parts.secrets.forgetAgent(this.#idOf(profile), names);
  }

  retry(profile: string, agentId: string | null): void {
    this.#parts.fleet.retryAgents(this.#idOf(profile), agentId);
  }

  #idOf(name: string): number {
    const found = this.#parts.profiles.list().find(({ profile }) => profile.name === name);
    if (found) return found.profile.id;
    throw new DomainError(
      'scans.no-connection',
      `There is no connection ${name}.`,
      'Add it in Settings; files alone reach no agent.',
    );
  }
}
