import type { CapabilityRemedy } from '../../../src-shared/domain/capability.ts';
import { isPlainAccount, SUDOERS_PLACE, sudoersLines } from '../../../src-shared/formats/sudoers-lines.ts';
import { userOf, type Found } from './findings.ts';

/** Lines of sudoers for exactly these commands. */
export function bySudo(found: Found, commands: readonly (readonly string[])[]): CapabilityRemedy {
  const { elevation } = found.profile;
  const user = userOf(found);
  const lines = sudoersLines(user, commands, { needsPassword: elevation === 'sudo-password' });
  if (!lines) {
    return {
      words: `The name of the account or the prefix has characters that sudoers reads in its own way. Write the lines for ${commands.map((argv) => argv.join(' ')).join(' and ')} by hand.`,
      place: SUDOERS_PLACE,
      lines: [],
    };
  }
  const andThen = elevation === 'none' ? 'choose sudo in this connection and check again' : 'check again';
  return {
    words: `As root, add ${lines.length === 1 ? 'this line' : 'these lines'} with visudo -f ${SUDOERS_PLACE}, then ${andThen}.`,
    place: SUDOERS_PLACE,
    lines,
  };
}

/** Membership of the manager's group: the least that Wazuh's own modes know, and what it grants besides. */
export function byGroup(found: Found, group: string): CapabilityRemedy {
  const user = userOf(found);
  const isSafe = isPlainAccount(user) && isPlainAccount(group);
  return {
    words:
      `Add ${user} to the group ${group}, then disconnect and connect again: groups count from the next sign-in on. ` +
      'Members of that group may also change ossec.conf and the rules; Wazuh’s file modes know nothing narrower.',
    place: null,
    lines: isSafe ? [`usermod -aG ${group} ${user}`] : [],
  };
}

/** Resources that an action is granted on, by Wazuh's RBAC reference. */
const RESOURCES: Readonly<Record<string, readonly string[]>> = {
  'agent:read': ['agent:id:*', 'agent:group:*'],
  'active-response:command': ['agent:id:*', 'agent:group:*'],
};

/** Bodies of `POST /security/policies`, one for each kind of resource. */
export function byPolicies(actions: readonly string[]): CapabilityRemedy {
  const byResources = Map.groupBy(actions, (action) => (RESOURCES[action] ?? ['*:*:*']).join(' '));
  const lines = [...byResources].map(([resources, granted], at) =>
    JSON.stringify({
      name: at === 0 ? 'verdict-desk' : `verdict-desk-${at + 1}`,
      policy: { actions: granted, resources: resources.split(' '), effect: 'allow' },
    }),
  );
  return {
    words:
      'Create the policies, give them to a role and the role to the user of this connection, then check again. ' +
      'In the dashboard they are under Server management, Security, Policies.',
    place: 'POST /security/policies',
    lines,
  };
}

export function byWords(words: string, lines: readonly string[] = []): CapabilityRemedy {
  return { words, place: null, lines };
}
