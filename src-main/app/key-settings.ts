import {
  nextUtcDay,
  nextUtcMonth,
  type QuotaGauge,
  type QuotaGauges,
} from '../../src-shared/domain/quota.ts';
import type { KeyQuotas } from '../../src-shared/formats/virustotal-quotas.ts';
import type { KeyTest } from '../../src-shared/ipc/settings.ts';
import { redactor } from '../log/redactor.ts';
import { NO_KEY } from '../store/setting-store.ts';
import { testApiKey } from '../virustotal/key-test.ts';
import type { Engine } from './engine.ts';

/** Tests the key against VirusTotal, keeps it, and lets the queue go on with it. A key that fails is not kept. */
export async function saveKey(
  engine: Engine,
  key: string,
  acceptsClearText: boolean,
  signal: AbortSignal = new AbortController().signal,
): Promise<KeyTest> {
  const { client, secrets, store, queue, clock } = engine;
  redactor.register(key.trim());
  const quotas = await testApiKey(client, key, signal);
  await secrets.set('virustotal-key', key.trim(), { acceptsClearText });
  const isPublic = quotas?.isPublic ?? null;
  await queue.keyChanged(quotas);
  store.settings.setKeyState({
    ...store.settings.keyState(),
    testedAt: new Date(clock.now()).toISOString(),
    isPublic,
  });
  return { quota: quotas ? gaugesOf(quotas, clock.now()) : queue.status().quota, isPublic };
}

export async function removeKey({ secrets, store, queue }: Engine): Promise<void> {
  await secrets.remove('virustotal-key');
  store.settings.setKeyState(NO_KEY);
  await queue.keyChanged();
}

/** The allowance as the service tells it, before this app has used any of it. */
function gaugesOf({ limits, usedToday, usedThisMonth }: KeyQuotas, nowMs: number): QuotaGauges {
  return {
    minute: gauge(limits.perMinute, 0, nowMs),
    day: gauge(limits.perDay, usedToday, nextUtcDay(nowMs)),
    month: gauge(limits.perMonth, usedThisMonth, nextUtcMonth(nowMs)),
  };
}

function gauge(limit: number | null, used: number | null, resetsAtMs: number): QuotaGauge {
  return { limit, used: used ?? 0, resetsAt: used ? new Date(resetsAtMs).toISOString() : null };
}
