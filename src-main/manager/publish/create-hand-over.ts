import type { ConnectionProfile } from '../../../src-shared/domain/connection-profile.ts';
import { parseWazuhVersion } from '../../../src-shared/domain/wazuh-version.ts';
import type { QueueEvent } from '../../../src-shared/formats/queue-message.ts';
import type { WazuhApi } from '../api/wazuh-api.ts';
import type { ManagerHost } from '../host/manager-host.ts';
import { publishByApi } from './publish-by-api.ts';
import { publishBySocket } from './publish-by-socket.ts';
import { noPrefix, switchedOff, wayMissing } from './publish-errors.ts';
import { QueueWriting } from './queue-writing.ts';

/** The manager an outcome is handed to, and the ways there. */
export interface HandOverTarget {
  readonly profile: Pick<ConnectionProfile, 'name' | 'elevation' | 'publishing'>;
  readonly host: ManagerHost | null;
  readonly api: WazuhApi | null;
  readonly prefix: string | null;
  readonly version: string | null;
}

/**
 * What hands outcomes to managers by the way each profile names; resolves once a manager has taken one. `onNote` hears why
 * an alert will not name the agent it is about.
 */
export function createHandOver(onNote: (profile: string, note: string) => void = () => undefined) {
  const writing = new QueueWriting();
  return async (target: HandOverTarget, outcome: QueueEvent, signal: AbortSignal): Promise<void> => {
    const { profile, host, api, prefix } = target;
    const version = parseWazuhVersion(target.version ?? '');
    switch (profile.publishing) {
      case 'off':
        throw switchedOff(profile.name);
      case 'api':
        if (!api) throw wayMissing(profile.name, 'api');
        return publishByApi(api, outcome.event, { version, signal });
      case 'socket': {
        if (!host) throw wayMissing(profile.name, 'socket');
        if (prefix === null) throw noPrefix(host.name);
        const mayBeRoot = profile.elevation !== 'none';
        const socket = { host, prefix, version, mayBeRoot };
        const note = await publishBySocket(socket, outcome, { writing, signal });
        if (note !== null) onNote(profile.name, note);
      }
    }
  };
}
