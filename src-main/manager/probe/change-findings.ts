import type { CapabilityFinding } from '../../../src-shared/domain/capability.ts';
import { hasTrait } from '../../../src-shared/domain/wazuh-version.ts';
import { groupFor, unlessBlind } from './alert-findings.ts';
import {
  accessTo,
  holds,
  hostWay,
  isVersion5,
  missing,
  named,
  partly,
  reaches,
  runsAsRoot,
  unknown,
  userOf,
  type Finding,
  type Found,
} from './findings.ts';
import { byGroup, byPolicies, bySudo } from './remedies.ts';
import { rootCommands } from './root-rights.ts';

/** What the account may change, start and hand over. Nothing of it is tried. */
export function changeFindings(found: Found): readonly CapabilityFinding[] {
  return [
    named('read-configuration', orByApi(found, 'manager:read', readConfiguration)),
    named('edit-configuration', orByApi(found, 'manager:update_config', editConfiguration)),
    named('edit-rules', orByApi(found, 'rules:update', editRules)),
    named('validate-configuration', orByApi(found, 'manager:read', validate)),
    named('restart', orByApi(found, 'manager:restart', restart)),
    named('list-agents', orByApi(found, 'agent:read', listAgents)),
    named('dispatch-responses', orByApi(found, 'active-response:command', dispatch)),
    named('publish-outcomes', publish(found)),
  ];
}

const BY_API: Readonly<Record<string, string>> = {
  'manager:read': 'The API’s user may read the configuration and have it checked.',
  'manager:update_config': 'The API’s user may replace the configuration.',
  'rules:update': 'The API’s user may replace rules.',
  'manager:restart': 'The API’s user may restart the manager.',
  'agent:read': 'The API lists the agents.',
  'active-response:command': 'The API’s user may start active responses.',
};

/** Much of it has left the API of 5.x (wazuh.md 9.1). */
const STAYS_IN_5 = new Set(['agent:read', 'manager:restart']);

/** By the machine where that works; else by the API; else what the machine lacks is told. */
function orByApi(found: Found, action: string, look: (found: Found) => Finding): Finding {
  const byHost = unlessBlind(found, look);
  if (byHost.state === 'holds') return byHost;
  const reach = isVersion5(found) && !STAYS_IN_5.has(action) ? 'none' : reaches(found, action);
  const words = BY_API[action] ?? '';
  if (reach === 'all') return holds('api', words);
  if (reach === 'some') return partly('api', `${words} Not on everything.`, byPolicies([action]));
  const isApiOnly = found.host === null && found.api !== null;
  if (!isApiOnly) return byHost;
  return reach === 'none'
    ? missing('api', `The API’s user lacks ${action}.`, isVersion5(found) ? null : byPolicies([action]))
    : unknown('api', 'The API could not be asked what its user may do.');
}

function readConfiguration(found: Found): Finding {
  const via = hostWay(found);
  const configuration = found.host?.paths?.configuration ?? '';
  const name = fileName(configuration);
  if (accessTo(found, configuration).mayRead) return holds(via, `User ${userOf(found)} may read ${name}.`);
  if (runsAsRoot(found, ['/usr/bin/cat', configuration])) return holds(via, `${name} is read by sudo.`);
  return missing(
    via,
    `User ${userOf(found)} may not read ${name}.`,
    byGroup(found, groupFor(found, configuration)),
  );
}

const AS_ROOT = ['/bin/sh', '-c', 'replace'];

function editConfiguration(found: Found): Finding {
  const configuration = found.host?.paths?.configuration ?? '';
  return mayReplace(found, configuration, fileName(configuration));
}

function editRules(found: Found): Finding {
  const { paths } = found.host ?? {};
  if (isVersion5(found) || !paths?.localRules) {
    return missing(hostWay(found), 'Wazuh 5 keeps no rules on the manager; they are in the indexer.', null);
  }
  return mayReplace(found, paths.localRules, 'rules');
}

/** A file is replaced beside its old self, so it takes the folder as well. */
function mayReplace(found: Found, path: string, name: string): Finding {
  const via = hostWay(found);
  const user = userOf(found);
  if (found.host?.hasShell.value === false) {
    return unknown(
      via,
      `Whether ${user} may change ${name} cannot be seen over SFTP without changing something.`,
    );
  }
  if (runsAsRoot(found, AS_ROOT)) return holds(via, `${name} may be changed as root.`);
  const file = accessTo(found, path);
  const folder = accessTo(found, path.replace(/\/[^/]+$/, ''));
  const mayMake = folder.mayWrite && folder.mayRun;
  if (mayMake && file.mayWrite) {
    const isOwn = file.owner === user;
    return isOwn
      ? holds(via, `User ${user} may change ${name}.`)
      : partly(
          via,
          `User ${user} may change ${name}; saving makes ${user} its owner instead of ${file.owner ?? 'root'}.`,
        );
  }
  return missing(via, `User ${user} may not change ${name}.`, byGroup(found, groupFor(found, path)));
}

function validate(found: Found): Finding {
  const commands = commandsOf(found)?.validate ?? null;
  if (commands === null) return missing(hostWay(found), 'Wazuh 5 has no such check on the manager.', null);
  return mayRun(found, commands, 'have the configuration checked by the manager’s daemons');
}

function restart(found: Found): Finding {
  const commands = commandsOf(found);
  return mayRun(found, commands ? [commands.restart] : [], 'restart the manager');
}

function listAgents(found: Found): Finding {
  const command = commandsOf(found)?.listAgents ?? null;
  if (command === null)
    return missing(hostWay(found), 'Wazuh 5 has no agent_control; the API lists agents.', null);
  return mayRun(found, [command], 'list the agents');
}

function dispatch(found: Found): Finding {
  const tool = commandsOf(found)?.dispatch ?? null;
  if (tool === null) return missing(hostWay(found), 'Wazuh 5 starts responses from the indexer.', null);
  const asked = [...tool, '-b', '-', '-f', 'response0', '-u', '001'];
  const finding = mayRun(found, [tool], 'start active responses', [asked]);
  if (!finding.remedy) return finding;
  const words = `${finding.remedy.words} agent_control can restart agents, too; the API’s active-response:command is narrower.`;
  return { ...finding, remedy: { ...finding.remedy, words } };
}

function commandsOf({ host }: Found) {
  return host?.paths ? rootCommands(host.paths) : null;
}

/** `granted` is what the lines name; `asked` what would really be run, when that is more words. */
function mayRun(
  found: Found,
  granted: readonly (readonly string[])[],
  what: string,
  asked: readonly (readonly string[])[] = granted,
): Finding {
  const via = hostWay(found);
  const user = userOf(found);
  if (found.host?.hasShell.value === false) return missing(via, `User ${user} may start no programs.`, null);
  if (asked.every((argv) => runsAsRoot(found, argv))) return holds(via, `User ${user} may ${what}.`);
  return missing(via, `User ${user} may not ${what}.`, bySudo(found, granted));
}

function publish(found: Found): Finding {
  const via = found.host ? hostWay(found) : 'api';
  if (isVersion5(found)) return missing(via, 'Wazuh 5 takes no events of the VirusTotal integration.', null);
  const bySocket = found.host ? unlessBlind(found, publishBySocket) : null;
  const mayPost = found.version !== null && hasTrait(found.version, 'hasEventsEndpoint');
  const reach = mayPost ? reaches(found, 'event:ingest') : 'unknown';
  if (bySocket?.state === 'holds') {
    return reach === 'all' ? holds(via, `${bySocket.found} The API takes events, too.`) : bySocket;
  }
  if (reach === 'all') return holds('api', 'The API takes events; they show the location API-Webhook.');
  if (bySocket) return bySocket;
  if (reach === 'none') {
    return missing('api', 'The API’s user lacks event:ingest.', byPolicies(['event:ingest']));
  }
  return mayPost || found.version === null
    ? unknown('api', 'Whether the API takes events could not be found out.')
    : missing('api', 'This version’s API takes no events; they came with 4.6.', null);
}

function publishBySocket(found: Found): Finding {
  const via = hostWay(found);
  const socket = found.host?.paths?.queueSocket ?? null;
  const user = userOf(found);
  if (found.host?.hasShell.value === false) {
    return missing(
      via,
      `User ${user} may start no programs, and only a program can write to the queue.`,
      null,
    );
  }
  const queue = accessTo(found, socket);
  if (!queue.mayWrite) {
    if (accessTo(found, found.host?.paths?.prefix ?? null).mayRun && queue.isThere) {
      return missing(
        via,
        `User ${user} may not write to the queue.`,
        byGroup(found, groupFor(found, socket)),
      );
    }
    return missing(
      via,
      `User ${user} cannot reach the queue ${socket ?? ''}.`,
      byGroup(found, groupFor(found, socket)),
    );
  }
  const writer = writerFor(found);
  if (writer === null) {
    return missing(
      via,
      'No program on the manager can write to the queue: neither python3 nor perl nor socat is there.',
      {
        words: 'Install one of them with the package manager of that system, as root.',
        place: null,
        lines: [],
      },
    );
  }
  return holds(via, `User ${user} may write to the queue, by ${writer}.`);
}

function writerFor(found: Found): string | null {
  const python = found.host?.paths?.python ?? null;
  if (python !== null && accessTo(found, python).mayRun) return python;
  return [...(found.host?.programs.values() ?? [])][0] ?? null;
}

function fileName(path: string): string {
  return path.slice(path.lastIndexOf('/') + 1);
}
