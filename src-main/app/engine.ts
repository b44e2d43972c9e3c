import { isVerdict } from '../../src-shared/domain/outcome.ts';
import type { Cipher } from '../secrets/cipher.ts';
import { keepOutOfLogs } from '../log/keep-out-of-logs.ts';
import { openSecretStore } from '../secrets/open-secret-store.ts';
import type { SecretStore } from '../secrets/secret-store.ts';
import { type Log, openLog } from '../log/log.ts';
import { openStore, type Store } from '../store/open-store.ts';
import { NO_KEY } from '../store/setting-store.ts';
import { StoredApiKey } from '../virustotal/api-key-source.ts';
import { IntegrationLog } from '../virustotal/integration-log.ts';
import { readKeySalt } from '../virustotal/key-salt.ts';
import { LookupQueue } from '../virustotal/lookup-queue.ts';
import { QuotaLedger } from '../virustotal/quota-ledger.ts';
import { configuredVirusTotalUrl } from '../virustotal/service-address.ts';
import { VirusTotalClient } from '../virustotal/virustotal-client.ts';
import { type Clock, systemClock } from './clock.ts';
import { claimWorld, type DataWorld } from './data-world.ts';
import { VERSION } from './version.ts';

export interface EngineOptions {
  readonly dataFolder: string;
  readonly world: DataWorld;
  /** For the message a second writer shows. */
  readonly holder: string;
  /** Where VirusTotal answers; null: `VERDICT_DESK_VIRUSTOTAL_URL`, else the public service. */
  readonly virustotalUrl: string | null;
  readonly cipher: Cipher | null;
  /** The desktop's own proxy (see `HttpOptions`). */
  readonly systemProxy?: string | null;
  /** Stands in for the platform's keeping of secrets (the lab's key is no secret). */
  readonly secrets?: SecretStore;
  readonly environment?: NodeJS.ProcessEnv;
  readonly clock?: Clock;
}

/** Store, key, queue and logs of one data folder: what both a window and a command that looks hashes up work with. */
export interface Engine {
  readonly store: Store;
  readonly secrets: SecretStore;
  readonly client: VirusTotalClient;
  readonly virustotalUrl: string;
  readonly ledger: QuotaLedger;
  readonly queue: LookupQueue;
  readonly integrationLog: IntegrationLog;
  readonly log: Log;
  readonly clock: Clock;
  /** Ends asking, writes what waits and lets the data folder go. */
  close(): Promise<void>;
}

/** Errors: those of `openStore`, `store.other-world`, `virustotal.address-refused`. */
export async function openEngine(options: EngineOptions): Promise<Engine> {
  const { dataFolder, environment = process.env, clock = systemClock } = options;
  const virustotalUrl = options.virustotalUrl ?? configuredVirusTotalUrl(environment);
  const { systemProxy = null } = options;
  const client = new VirusTotalClient({ baseUrl: virustotalUrl, version: VERSION, clock, systemProxy });
  const store = openStore(dataFolder, { holder: options.holder });
  try {
    claimWorld(store, options.world, dataFolder);
    const log = openLog(dataFolder);
    log.info('engine.opened', { version: VERSION, holder: options.holder, check: store.startCheck });
    const secrets = keepOutOfLogs(
      options.secrets ?? (await openSecretStore({ dataFolder, cipher: options.cipher, environment })),
    );
    const ledger = new QuotaLedger(store.quota, clock);
    const integrationLog = new IntegrationLog(dataFolder, store.outbox, {
      onTrouble: (error) => log.error('integration-log', { error }),
    });
    const queue = new LookupQueue({
      store: store.lookups,
      ledger,
      client,
      keys: new StoredApiKey(secrets, readKeySalt(dataFolder)),
      clock,
      onTrouble: (error) => log.error('lookup-queue', { error }),
    });
    queue.setPaused(store.settings.isPaused());
    queue.onSettled((_settled, { outcome }) => {
      integrationLog.schedule();
      if (isVerdict(outcome)) rememberAcceptance(store, clock.now());
    });
    queue.onChange(() => rememberKey(store, ledger, queue));
    integrationLog.schedule();
    return {
      store,
      secrets,
      client,
      virustotalUrl,
      ledger,
      queue,
      integrationLog,
      log,
      clock,
      close: async () => {
        await queue.stop();
        await client.close();
        integrationLog.close();
        store.close();
        log.close();
      },
    };
  } catch (error) {
    store.close();
    throw error;
  }
}

/** An answered lookup says as much about the key as a test does; once an hour is enough to know. */
function rememberAcceptance(store: Store, nowMs: number): void {
  const known = store.settings.keyState();
  if (known.testedAt !== null && nowMs - Date.parse(known.testedAt) < ACCEPTANCE_LASTS_MS) return;
  store.settings.setKeyState({ ...known, testedAt: new Date(nowMs).toISOString() });
}
const ACCEPTANCE_LASTS_MS = 3_600_000;

/** Commands that only read show the quota and the state of the key that the writer works with. */
function rememberKey(store: Store, ledger: QuotaLedger, queue: LookupQueue): void {
  const known = store.settings.keyState();
  const now = { keyId: ledger.keyId, isRejected: queue.isKeyRejected };
  if (known.keyId !== now.keyId) store.settings.setKeyState({ ...NO_KEY, ...now });
  else if (known.isRejected !== now.isRejected) store.settings.setKeyState({ ...known, ...now });
}
