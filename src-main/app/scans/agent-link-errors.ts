import { DomainError } from '../../../src-shared/errors/domain-error.ts';
import { visibleText } from '../../../src-shared/formats/visible-text.ts';

export function noAddress(agentName: string, template: string): DomainError {
  return new DomainError(
    'kes.no-address',
    `${visibleText(template)} gives no address for ${visibleText(agentName)}: the manager does not tell what it stands for.`,
    'Enter a host name or an address of its own on the agent’s page.',
  );
}
