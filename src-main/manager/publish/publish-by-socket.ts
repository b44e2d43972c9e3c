import { wazuhPaths } from '../../../src-shared/domain/wazuh-paths.ts';
import { formatWazuhVersion, type WazuhVersion } from '../../../src-shared/domain/wazuh-version.ts';
import {
  formatQueueMessage,
  LARGEST_QUEUE_MESSAGE,
  type QueueEvent,
} from '../../../src-shared/formats/queue-message.ts';
import type { ManagerHost } from '../host/manager-host.ts';
import { takesNoOutcomes, tooLarge } from './publish-errors.ts';
import type { QueueWriting } from './queue-writing.ts';

export interface SocketTarget {
  readonly host: ManagerHost;
  readonly prefix: string;
  /** Null: counts as a late 4.x. */
  readonly version: WazuhVersion | null;
  readonly mayBeRoot: boolean;
}

/**
 * Hands an event to analysisd's queue. Returns why the alert will not name the agent, if so. Errors: those of
 * `QueueWriting.write`, `publishing.too-large`, `publishing.not-possible`.
 */
export async function publishBySocket(
  { host, prefix, version, mayBeRoot }: SocketTarget,
  event: QueueEvent,
  { writing, signal }: { readonly writing: QueueWriting; readonly signal: AbortSignal },
): Promise<string | null> {
  const paths = wazuhPaths(prefix, version);
  if (paths.queueSocket === null) {
    throw takesNoOutcomes(version === null ? '' : formatWazuhVersion(version));
  }
  const { text, note } = formatQueueMessage(event, version);
  const bytes = Buffer.from(text);
  if (bytes.length > LARGEST_QUEUE_MESSAGE) throw tooLarge(bytes.length, LARGEST_QUEUE_MESSAGE);
  const { queueSocket: socket, python, group } = paths;
  await writing.write(host, { socket, python, group, mayBeRoot }, bytes, signal);
  return note;
}
