import { hasTrait, type WazuhVersion } from '../domain/wazuh-version.ts';

/**
 * The datagram that hands an event to analysisd (wazuh.md 4.5): `1:LOCATION:EVENT`, where `1` is the queue of local logs.
 * The location of an agent's event is `[ID] (NAME) IP->virustotal`. From 4.4 on `|` and `:` before the arrow are written
 * `||` and `|:` (`src/analysisd/cleanevent.c`); before, the first `:` ends the location, whatever it belongs to.
 */
export interface QueueEvent {
  /** JSON in one line. */
  readonly event: string;
  /** Null: the manager itself. */
  readonly agent: QueueAgent | null;
}

export interface QueueAgent {
  readonly name: string;
  /** `001`; null where nothing tells it. */
  readonly id: string | null;
  /** Null stands for `any`. */
  readonly ip: string | null;
}

export interface QueueMessage {
  readonly text: string;
  /** Why the alert will not say what was asked for: the agent, or its address. Null when it will. */
  readonly note: string | null;
}

/** In bytes: analysisd reads 65,536 less the one for its terminating NUL (`OS_RecvUnix`): what is beyond is cut. */
export const LARGEST_QUEUE_MESSAGE = 65_535;

/**
 * An event whose agent cannot be named without being taken for something else is handed over as the manager's own: the
 * event itself names the agent, too. An unknown version gets nothing that would need escaping.
 */
export function formatQueueMessage({ event, agent }: QueueEvent, version: WazuhVersion | null): QueueMessage {
  const { location, note } = locationOf(agent, version !== null && hasTrait(version, 'escapesQueueLocation'));
  return { text: `1:${location}:${event.replaceAll(LINE_BREAKS, ' ')}`, note };
}

/** JSON has them only between its values. */
const LINE_BREAKS = /[\r\n\0]/g;

interface Location {
  readonly location: string;
  readonly note: string | null;
}

function locationOf(agent: QueueAgent | null, escapes: boolean): Location {
  if (agent === null || agent.id === MANAGER_ID) return ofManager(null);
  const { id, name } = agent;
  if (id === null || !AGENT_ID.test(id)) return ofManager('The number of the agent is not known.');
  if (!NAMEABLE.test(name))
    return ofManager('The name of the agent has characters that no agent of Wazuh has.');
  if (!escapes && /[|:]/.test(name)) {
    return ofManager('Managers before 4.4 cannot be told of an agent with “:” or “|” in its name.');
  }
  const ip = ipOf(agent.ip, escapes);
  const place = `[${id}] (${name}) ${ip ?? 'any'}`;
  return {
    location: `${escapes ? place.replaceAll('|', '||').replaceAll(':', '|:') : place}->virustotal`,
    note:
      ip === null && agent.ip !== null
        ? 'The address of the agent is left out: managers before 4.4 cannot be told of it.'
        : null,
  };
}

function ofManager(note: string | null): Location {
  return { location: 'virustotal', note: note && `${note} The alert will belong to the manager.` };
}

const MANAGER_ID = '000';
const AGENT_ID = /^\d{3,10}$/;
/** What would end the name, the address or the location earlier than it should is never part of a name at enrolment. */
const NAMEABLE = /^[^\p{C}\p{Zl}\p{Zp}()<>]{1,128}$/u;
/** IPv4, IPv6 with or without a zone or a prefix length, `any`. */
const ADDRESS = /^[0-9a-zA-Z.:%/]{1,64}$/;

/** Null when it cannot be written. */
function ipOf(ip: string | null, escapes: boolean): string | null {
  if (ip === null || !ADDRESS.test(ip) || (!escapes && ip.includes(':'))) return null;
  return ip;
}
