import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { KnownFile } from '../../../src-main/lab/virustotal/known-file.ts';
import {
  LAB_KEY,
  type LabVirusTotal,
  startLabVirusTotal,
} from '../../../src-main/lab/virustotal/lab-virustotal.ts';
import type { QuotaLimits } from '../../../src-shared/domain/quota.ts';
import { aKnownFile } from '../../builders/a-known-file.ts';
import { type Desk, startDesk } from '../desk.ts';
import { AlertsFile, type ReportedFile } from './alerts-file.ts';

export interface SiteOptions {
  /** The key in the app's environment; null: none is given, it is entered in the window. */
  readonly key?: string | null;
  readonly limits?: QuotaLimits;
  /** Agents of a managed site's manager, when there shall be more than 14. */
  readonly agents?: number;
  /** Runs before the app is started for the first time. */
  readonly prepare?: (dataFolder: string) => void | Promise<void>;
}

export const ALLOWANCE_WITHOUT_WAITING: QuotaLimits = { perMinute: 6000, perDay: null, perMonth: null };

/** A deployment in small: an alert file that grows, a VirusTotal to ask, and the app that was just installed. */
export class Site {
  readonly desk: Desk;
  readonly alerts: AlertsFile;
  readonly virustotal: LabVirusTotal;

  private constructor(desk: Desk, alerts: AlertsFile, virustotal: LabVirusTotal) {
    this.desk = desk;
    this.alerts = alerts;
    this.virustotal = virustotal;
  }

  static async start(options: SiteOptions = {}): Promise<Site> {
    const { key = LAB_KEY, limits = ALLOWANCE_WITHOUT_WAITING, prepare } = options;
    const folder = mkdtempSync(join(tmpdir(), 'verdict-desk-site-'));
    const alerts = new AlertsFile(join(folder, 'alerts.json'));
    const virustotal = await startLabVirusTotal({ limits });
    const desk = await startDesk({
      ...(prepare ? { prepare } : {}),
      environment: {
        VERDICT_DESK_VIRUSTOTAL_URL: `${virustotal.url}/api/v3`,
        VERDICT_DESK_VIRUSTOTAL_KEY: key ?? '',
      },
    });
    return new Site(desk, alerts, virustotal);
  }

  /** An agent reports the file, and VirusTotal knows it. */
  report(file: ReportedFile, known: Partial<KnownFile>): void {
    this.know(file.content ?? file.path, known);
    this.alerts.report(file);
  }

  /** A file of alerts at hand, to drop on the window. */
  alertsArchive(name: string, files: readonly ReportedFile[]) {
    return { name, text: this.alerts.linesOf(files) };
  }

  /** VirusTotal knows the file whose content this is. */
  know(content: string, known: Partial<KnownFile>): void {
    this.virustotal.control.addFile(aKnownFile({ ...known, name: content }));
  }

  async close(): Promise<void> {
    await this.desk.close();
    await this.virustotal.close();
    this.alerts.remove();
  }
}
