import type { WazuhPaths } from '../../../src-shared/domain/wazuh-paths.ts';
import { isObject } from '../../../src-shared/formats/json-values.ts';
import { visibleText } from '../../../src-shared/formats/visible-text.ts';
import type { ProbeHostParts } from './host-facts.ts';
import { ask, notAsked, outputOf, type Answer } from './probe-step.ts';
import { mayRunAsRoot, rootCommands, type RootRights } from './root-rights.ts';

export interface ProbedDaemon {
  readonly name: string;
  readonly isRunning: boolean;
}

/** `wazuh-control status -j`, or the words it prints before 4.2; 1 is the exit code of a healthy server, too. */
export async function askDaemons(
  { host, profile, signal }: ProbeHostParts,
  paths: WazuhPaths,
  rights: RootRights | null,
): Promise<Answer<readonly ProbedDaemon[]>> {
  const argv = rootCommands(paths).status;
  if (!rights || !mayRunAsRoot(rights, argv, profile)) {
    return notAsked('The status of the daemons is told to root only.');
  }
  return ask(signal, async (limit) => {
    const options = { signal: limit, asRoot: true, exits: [0, 1] };
    const listed = parseDaemons(await outputOf(host, argv, options));
    if (listed.length > 0) return listed;
    throw new TypeError('The status could not be read.');
  });
}

function parseDaemons(text: string): readonly ProbedDaemon[] {
  return (parseJson(text) ?? parseWords(text))
    .slice(0, 100)
    .map(({ name, isRunning }) => ({ name: visibleText(name.slice(0, 64)), isRunning }));
}

function parseJson(text: string): readonly ProbedDaemon[] | null {
  try {
    const answer: unknown = JSON.parse(text);
    if (!isObject(answer) || !Array.isArray(answer['data'])) return null;
    return answer['data'].flatMap((entry: unknown) =>
      isObject(entry) && typeof entry['daemon'] === 'string'
        ? [{ name: entry['daemon'], isRunning: entry['status'] === 'running' }]
        : [],
    );
  } catch {
    return null;
  }
}

/** `wazuh-analysisd is running...`, `wazuh-maild not running...`. */
function parseWords(text: string): readonly ProbedDaemon[] {
  return [...text.matchAll(/^([\w-]+) (is|not) running/gm)].map(([, name = '', word]) => ({
    name,
    isRunning: word === 'is',
  }));
}
