import {
  formatWazuhVersion,
  hasTrait,
  parseWazuhVersion,
  type WazuhVersion,
} from '../../../src-shared/domain/wazuh-version.ts';
import { DomainError } from '../../../src-shared/errors/domain-error.ts';
import { LARGEST_QUEUE_MESSAGE } from '../../../src-shared/formats/queue-message.ts';
import { apiInfo } from '../api/manager-questions.ts';
import type { ApiAnswer, WazuhApi } from '../api/wazuh-api.ts';
import { apiDidNotTakeIt, apiTakesNoEvents, takesNoOutcomes, tooLarge, unsure } from './publish-errors.ts';

/** How analysisd gets what `POST /events` takes (wazuh.md 7.4). */
const ENVELOPE = '1:API-Webhook:';

/**
 * Hands an event to the manager's API (4.6 and later). The alert belongs to the manager: only the event names the agent.
 * Errors: those of `WazuhApi.request`, `publishing.not-possible`, `publishing.not-taken`, `publishing.too-large`.
 */
export async function publishByApi(
  api: WazuhApi,
  event: string,
  { version, signal }: { readonly version: WazuhVersion | null; readonly signal: AbortSignal },
): Promise<void> {
  const known = version ?? parseWazuhVersion((await apiInfo(api, { signal })).apiVersion ?? '');
  if (known) requireEvents(known);
  const bytes = Buffer.byteLength(ENVELOPE) + Buffer.byteLength(event);
  if (bytes > LARGEST_QUEUE_MESSAGE) throw tooLarge(bytes, LARGEST_QUEUE_MESSAGE);
  const answer = await post(api, event, signal);
  const [failed] = answer.failed;
  if (failed) throw apiDidNotTakeIt(failed.message);
}

function requireEvents(version: WazuhVersion): void {
  if (hasTrait(version, 'isWithoutIntegrator')) throw takesNoOutcomes(formatWazuhVersion(version));
  if (!hasTrait(version, 'hasEventsEndpoint')) throw apiTakesNoEvents(formatWazuhVersion(version));
}

/** From here on it may have been taken. */
async function post(api: WazuhApi, event: string, signal: AbortSignal): Promise<ApiAnswer> {
  try {
    return await api.request({
      method: 'POST',
      path: '/events',
      json: { events: [event] },
      urgency: 'background',
      signal,
    });
  } catch (error) {
    const isGivenUp = error instanceof DomainError && error.code === 'api.cancelled';
    throw isGivenUp ? unsure('the API', error) : error;
  }
}
