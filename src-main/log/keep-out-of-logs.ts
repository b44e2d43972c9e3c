import type { SecretStore } from '../secrets/secret-store.ts';
import { redactor as threadRedactor, type Redactor } from './redactor.ts';

/** The same store; every secret that passes through it is known to the redactor before anybody else sees it. */
export function keepOutOfLogs(secrets: SecretStore, redactor: Redactor = threadRedactor): SecretStore {
  return {
    status: () => secrets.status(),
    names: () => secrets.names(),
    get: async (name) => {
      const value = await secrets.get(name);
      if (value !== null) redactor.register(value);
      return value;
    },
    set: (name, value, options) => {
      redactor.register(value);
      return secrets.set(name, value, options);
    },
    remove: (name) => secrets.remove(name),
    unlock: (passphrase) => {
      redactor.register(passphrase);
      return secrets.unlock(passphrase);
    },
  };
}
