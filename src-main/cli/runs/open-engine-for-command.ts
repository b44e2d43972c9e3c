import { type Engine, openEngine } from '../../app/engine.ts';
import type { CommandContext } from '../context.ts';

/** Store, key and queue for a command that looks hashes up. Errors: as `openEngine`. */
export function openEngineForCommand({ dataFolder }: CommandContext, holder: string): Promise<Engine> {
  return openEngine({ dataFolder, holder, world: 'real', virustotalUrl: null, cipher: null });
}
