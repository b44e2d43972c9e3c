import type { CapabilityFinding } from '../../../src-shared/domain/capability.ts';
import {
  accessTo,
  holds,
  hostWay,
  isVersion5,
  missing,
  named,
  NO_HOST,
  notAskedOf,
  partly,
  troubled,
  unknown,
  userOf,
  type Finding,
  type Found,
} from './findings.ts';
import { archiveFolders } from './host-facts.ts';
import { byGroup, byWords } from './remedies.ts';

/** What can be read of alerts, and whether the manager writes them at all. */
export function alertFindings(found: Found): readonly CapabilityFinding[] {
  return [
    named('read-alerts', unlessBlind(found, readAlerts)),
    named('read-archives', unlessBlind(found, readArchives)),
    named(
      'alerts-json-on',
      unlessBlind(found, (on) => isSwitchedOn(on, 'json')),
    ),
    named(
      'alerts-log-on',
      unlessBlind(found, (on) => isSwitchedOn(on, 'log')),
    ),
  ];
}

/** Without the machine, its installation or its files nothing can be said. */
export function unlessBlind(found: Found, look: (found: Found) => Finding): Finding {
  const { host } = found;
  const via = hostWay(found);
  if (!host) return notAskedOf(via, NO_HOST);
  if (host.prefix.trouble) return troubled(via, host.prefix.trouble);
  if (!host.paths) return unknown(via, 'No installation of Wazuh was found.');
  if (host.access.trouble) return troubled(via, host.access.trouble);
  return look(found);
}

/** Who owns what cannot be read; the version's group where nothing may be looked at. */
export function groupFor(found: Found, ...paths: readonly (string | null)[]): string {
  for (const path of [...paths, found.host?.paths?.prefix ?? null]) {
    const { group } = accessTo(found, path);
    if (group !== null && group !== 'root' && group !== 'UNKNOWN') return group;
  }
  return found.host?.paths?.group ?? 'wazuh';
}

const NONE_IN_5 = 'Wazuh 5 writes no alert files; its findings are in the indexer.';

function readAlerts(found: Found): Finding {
  const via = hostWay(found);
  const { paths } = found.host ?? {};
  if (isVersion5(found)) return missing(via, NONE_IN_5, null);
  const [json, log] = [accessTo(found, paths?.alertsJson ?? null), accessTo(found, paths?.alertsLog ?? null)];
  const readable = [json.mayRead ? 'alerts.json' : null, log.mayRead ? 'alerts.log' : null].filter(Boolean);
  const wanted = found.profile.alertFormat === 'log' ? log : json;
  const user = userOf(found);
  if (wanted.mayRead || (found.profile.alertFormat === null && readable.length > 0)) {
    return holds(via, `User ${user} may read ${readable.join(' and ')}.`);
  }
  const name = `alerts.${found.profile.alertFormat ?? 'json'}`;
  if (readable.length > 0) {
    return partly(
      via,
      `User ${user} may read ${readable.join('')} but not ${name}, which this connection follows.`,
      byWords(`Follow ${readable.join('')} instead, or switch ${name} on.`),
    );
  }
  const folder = accessTo(found, paths?.alertsFolder ?? null);
  if (folder.mayRun && !wanted.isThere) {
    return missing(
      via,
      `There is no ${name} in ${paths?.alertsFolder ?? ''}.`,
      byWords(
        'Start the manager and look whether it writes alerts; the next two lines say what is switched on.',
      ),
    );
  }
  return missing(
    via,
    `User ${user} may not read ${name}.`,
    byGroup(found, groupFor(found, paths?.alertsJson ?? null, paths?.alertsFolder ?? null)),
  );
}

function readArchives(found: Found): Finding {
  const via = hostWay(found);
  const { paths } = found.host ?? {};
  if (isVersion5(found) || !paths) return missing(via, NONE_IN_5, null);
  const folders = archiveFolders(paths, found.nowMs).map((path) => accessTo(found, path));
  if (folders.some(({ mayRead, mayRun }) => mayRead && mayRun)) {
    return holds(via, 'The days that are past may be read; missed ones are made up for.');
  }
  if (accessTo(found, paths.alertsFolder).mayRun && !folders.some(({ isThere }) => isThere)) {
    return unknown(via, 'There are no files of this month or the last day yet.');
  }
  return missing(
    via,
    `User ${userOf(found)} may not read the files of past days; days missed while away stay missing.`,
    byGroup(found, groupFor(found, paths.alertsFolder)),
  );
}

const SWITCHES = {
  json: { name: 'alerts.json', line: '<jsonout_output>yes</jsonout_output>' },
  log: { name: 'alerts.log', line: '<alerts_log>yes</alerts_log>' },
} as const;

function isSwitchedOn(found: Found, form: 'json' | 'log'): Finding {
  const via = hostWay(found);
  const { name, line } = SWITCHES[form];
  if (isVersion5(found)) return missing(via, NONE_IN_5, null);
  const settings = found.host?.settings.value ?? null;
  if (!settings) {
    return unknown(
      via,
      `Whether ${name} is switched on is in ossec.conf, which ${userOf(found)} may not read.`,
    );
  }
  const isOn = form === 'json' ? settings.isJsonOn : settings.isLogOn;
  if (isOn) return holds(via, `The manager writes ${name}.`);
  const words = 'Set this inside <global>, then restart the manager.';
  const remedy = { words, place: found.host?.paths?.configuration ?? null, lines: [line] };
  const isNeeded = found.profile.alertFormat === form;
  return missing(
    via,
    isNeeded ? `${name} is switched off, and this connection follows it.` : `${name} is switched off.`,
    remedy,
  );
}
