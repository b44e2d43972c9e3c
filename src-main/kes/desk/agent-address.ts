import type { AgentAccess } from '../../../src-shared/ipc/scans.ts';

/** `{ip}`, `{name}` and `{id}` filled in; empty when one of them is not known. */
export function addressOf(
  access: Pick<AgentAccess, 'host'>,
  agent: { readonly agentId: string; readonly name: string; readonly ip: string | null },
): string {
  const values: Readonly<Record<string, string>> = {
    '{ip}': agent.ip ?? '',
    '{name}': agent.name,
    '{id}': agent.agentId,
  };
  let isKnown = true;
  const address = access.host.replaceAll(/\{(?:ip|name|id)\}/g, (word) => {
    const value = values[word] ?? '';
    // What an agent calls itself is hostile: only plain names and addresses are taken.
    isKnown &&= PLAIN.test(value);
    return value;
  });
  return isKnown ? address : '';
}

const PLAIN = /^[A-Za-z0-9][A-Za-z0-9.:_-]{0,254}$/;
