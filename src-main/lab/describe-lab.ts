import type { Lab } from './lab.ts';

/** What `verdict-desk lab` prints: where everything is, and that none of it is secret. */
export function describeLab(lab: Lab): readonly string[] {
  const reachable = lab.agents.ssh();
  return [
    `The lab is running from ${lab.folder} (seed ${lab.seed}). Everything in it is simulated.`,
    '',
    `  VirusTotal      ${lab.virustotal.url}/api/v3`,
    `  its key         ${lab.virustotal.key}`,
    '                  (not a secret: it works here and nowhere else)',
    `  alerts, JSON    ${lab.manager.alertsJson}`,
    `  alerts, text    ${lab.manager.alertsLog}`,
    `  manager prefix  ${lab.manager.root}`,
    `  manager, SSH    ${lab.ssh.user}@${lab.ssh.host} port ${lab.ssh.port}, prefix ${lab.ssh.prefix}`,
    `  its password    ${lab.ssh.password}`,
    `  its key         ${lab.ssh.keyPath}`,
    `  its host key    ${lab.ssh.fingerprint}`,
    `  second factor   ${lab.ssh.secondFactor.user}, the password, then ${lab.ssh.secondFactor.code}`,
    `  files only      ${lab.ssh.filesOnlyUser}`,
    `  manager, API    ${lab.api.url}`,
    `  its user        ${lab.api.user}, ${lab.api.password}`,
    `  its certificate ${lab.api.fingerprint}`,
    `  agents, SSH     ${lab.agents.user}@ADDRESS through the manager, the same key, ${reachable.length} machines`,
    `  levers          ${lab.controlUrl}/lab/ (an unknown path lists them)`,
  ];
}
