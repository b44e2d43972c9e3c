import { KEY_VARIABLE } from '../secrets/open-secret-store.ts';

/** What programs that are not ours (a browser, an installer) inherit: everything but the VirusTotal key. */
export function withoutKey(environment: Readonly<NodeJS.ProcessEnv>): NodeJS.ProcessEnv {
  const { [KEY_VARIABLE]: _, ...rest } = environment;
  return rest;
}
