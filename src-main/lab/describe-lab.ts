import type { Lab } from './lab.ts';

/** What `verdict-desk lab` prints: where everything is, and that none of it is secret. */
export function describeLab(lab: Lab): readonly string[] {
  return [
    `The lab is running from ${lab.folder} (seed ${lab.seed}). Everything in it is simulated.`,
    '',
    `  VirusTotal      ${lab.virustotal.url}/api/v3`,
    `  its key         ${lab.virustotal.key}`,
    '                  (not a secret: it works here and nowhere else)',
    `  alerts, JSON    ${lab.manager.alertsJson}`,
    `  alerts, text    ${lab.manager.alertsLog}`,
    `  manager prefix  ${lab.manager.root}`,
    `  levers          ${lab.controlUrl}/lab/ (an unknown path lists them)`,
  ];
}
