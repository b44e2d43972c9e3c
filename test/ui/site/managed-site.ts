import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { startLab, type Lab } from '../../../src-main/lab/lab.ts';
import { type Desk, startDesk } from '../desk.ts';
import { ALLOWANCE_WITHOUT_WAITING, type SiteOptions } from './site.ts';

const AGENT = 'web-ams-1';

/**
 * A manager to be reached over SSH and its API, with levers, and an app that knows nothing of it yet. The app's home
 * folder is empty: no known_hosts, no keys, no agent.
 */
export class ManagedSite {
  readonly desk: Desk;
  readonly lab: Lab;
  readonly #folder: string;

  private constructor(desk: Desk, lab: Lab, folder: string) {
    this.desk = desk;
    this.lab = lab;
    this.#folder = folder;
  }

  static async start({ limits = ALLOWANCE_WITHOUT_WAITING, agents }: SiteOptions = {}): Promise<ManagedSite> {
    const folder = mkdtempSync(join(tmpdir(), 'verdict-desk-managed-'));
    const lab = await startLab({
      folder: join(folder, 'lab'),
      seed: 7,
      speed: 1,
      historyDays: 0,
      pace: null,
      limits,
      ...(agents === undefined ? {} : { agents }),
    });
    const desk = await startDesk({
      environment: {
        HOME: folder,
        SSH_AUTH_SOCK: '',
        VERDICT_DESK_VIRUSTOTAL_URL: `${lab.virustotal.url}/api/v3`,
        VERDICT_DESK_VIRUSTOTAL_KEY: lab.virustotal.key,
      },
    });
    return new ManagedSite(desk, lab, folder);
  }

  /** The manager's door, signed in with the password. */
  get door() {
    const { host, port, user, password } = this.lab.ssh;
    return { host, port, user, password };
  }

  /** A malicious file arrives on an agent, and the manager writes its alert. Returns the agent's name. */
  drop(path: string, agent = AGENT): string {
    this.lab.world.addFile({ agent, path, content: path, verdict: 'malicious' });
    return agent;
  }

  async close(): Promise<void> {
    await this.desk.close();
    await this.lab.close();
    rmSync(this.#folder, { recursive: true, force: true });
  }
}
