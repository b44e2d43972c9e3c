import { homedir } from 'node:os';
import { join } from 'node:path';

/**
 * Where everything is kept: `VERDICT_DESK_DATA`, else the platform's folder for application data. The lab has a folder
 * of its own below it, so that simulated data never meets real data.
 */
export function defaultDataFolder(isLab: boolean, environment: NodeJS.ProcessEnv = process.env): string {
  const real = environment['VERDICT_DESK_DATA'] || platformDataFolder(environment);
  return isLab ? join(real, 'lab') : real;
}

function platformDataFolder(environment: NodeJS.ProcessEnv): string {
  const name = process.platform === 'linux' ? 'verdict-desk' : 'Verdict Desk';
  if (process.platform === 'darwin') return join(homedir(), 'Library', 'Application Support', name);
  if (process.platform === 'win32') {
    return join(environment['LOCALAPPDATA'] || join(homedir(), 'AppData', 'Local'), name);
  }
  return join(environment['XDG_DATA_HOME'] || join(homedir(), '.local', 'share'), name);
}
