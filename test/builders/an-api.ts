import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { startLabApi, type LabApi, type LabApiOptions } from '../../src-main/lab/api/lab-api.ts';
import type { Lab } from '../../src-main/lab/lab.ts';
import type { CertificateStore } from '../../src-main/manager/api/certificate-store.ts';
import { openWazuhApi, type ApiPorts } from '../../src-main/manager/api/wazuh-client.ts';
import type { WazuhApi } from '../../src-main/manager/api/wazuh-api.ts';
import { systemClock } from '../../src-main/app/clock.ts';

/** Certificates a person accepted, in memory. */
export class AcceptedCertificates implements CertificateStore {
  readonly #accepted = new Map<string, { readonly fingerprint: string; readonly acceptedMs: number }>();

  accepted(host: string, port: number) {
    return this.#accepted.get(`${host}:${port}`) ?? null;
  }

  accept(host: string, port: number, fingerprint: string, nowMs: number): void {
    this.#accepted.set(`${host}:${port}`, { fingerprint, acceptedMs: nowMs });
  }

  forget(host: string, port: number): void {
    this.#accepted.delete(`${host}:${port}`);
  }

  clear(): void {
    this.#accepted.clear();
  }
}

export const CONFIGURATION = `<!-- A manager -->
<ossec_config>
  <global>
    <jsonout_output>yes</jsonout_output>
  </global>
  <integration>
    <name>virustotal</name>
  </integration>
</ossec_config>
`;

export type ClientOptions = Partial<Omit<ApiPorts, 'password'>> & {
  readonly user?: string;
  readonly password?: string | null | ApiPorts['password'];
};

/** Lab APIs over a small manager tree in temporary folders, and clients of them; `clean` ends and removes what was made. */
export class Apis {
  readonly certificates = new AcceptedCertificates();
  readonly secrets: string[] = [];
  #apis: LabApi[] = [];
  #clients: WazuhApi[] = [];
  #folders: string[] = [];

  async start(options: Partial<LabApiOptions> = {}, configuration = CONFIGURATION): Promise<LabApi> {
    const folder = mkdtempSync(join(tmpdir(), 'verdict-desk-api-'));
    this.#folders.push(folder);
    const root = join(folder, 'manager');
    mkdirSync(join(root, 'etc/shared'), { recursive: true });
    mkdirSync(join(root, 'logs'), { recursive: true });
    writeFileSync(join(root, 'etc/ossec.conf'), configuration);
    writeFileSync(join(root, 'etc/shared/ar.conf'), 'kaspersky-full0 - kaspersky - 0\n');
    writeFileSync(join(root, 'logs/ossec.log'), '2026/11/21 10:00:00 wazuh-db: INFO: Started (pid: 1).\n');
    const api = await startLabApi({ folder, root, ...options });
    this.#apis.push(api);
    return api;
  }

  /** A client that has accepted the certificate, signed in as the administrator unless told otherwise. */
  client(api: LabApi, options: ClientOptions = {}): WazuhApi {
    if (api.fingerprint !== null && !this.certificates.accepted('127.0.0.1', api.port)) {
      this.certificates.accept('127.0.0.1', api.port, api.fingerprint, 0);
    }
    return this.stranger(api.url, { password: passwordOf(api, options.user ?? 'wazuh'), ...options });
  }

  /** A client of a whole lab's API, as the account that the lab names. */
  clientOf({ api: { url, user, password, fingerprint } }: Pick<Lab, 'api'>): WazuhApi {
    const { hostname, port } = new URL(url);
    this.certificates.accept(hostname, Number(port), fingerprint, 0);
    return this.stranger(url, { user, password });
  }

  /** A client that has accepted nothing by itself. */
  stranger(url: string, { user = 'wazuh', ...options }: ClientOptions = {}): WazuhApi {
    const client = openWazuhApi({ url, user }, this.ports(options));
    this.#clients.push(client);
    return client;
  }

  ports({ password = 'lab-administrator-1', ...ports }: Omit<ClientOptions, 'user'> = {}): ApiPorts {
    return {
      certificates: this.certificates,
      clock: systemClock,
      keepSecret: (text) => this.secrets.push(text),
      keepToken: (text) => this.secrets.push(text),
      environment: {},
      ...ports,
      password: typeof password === 'function' ? password : () => Promise.resolve(password),
    };
  }

  async clean(): Promise<void> {
    for (const client of this.#clients) await client.close();
    for (const api of this.#apis) await api.close();
    for (const folder of this.#folders) rmSync(folder, { recursive: true, force: true });
    // The next test's API may get a port that was used before.
    this.certificates.clear();
    this.secrets.length = 0;
    this.#clients = [];
    this.#apis = [];
    this.#folders = [];
  }
}

export function passwordOf(api: LabApi, user: string): string {
  return api.users.find(({ name }) => name === user)?.password ?? 'unknown-user';
}
