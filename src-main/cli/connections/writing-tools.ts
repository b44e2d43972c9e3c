import type { AlertJournal } from '../../alerts/alert-journal.ts';
import { AlertSources } from '../../app/alert-sources.ts';
import type { ConnectionTools } from '../../app/connections/connection-tools.ts';
import { connectionTools } from '../../app/connections/open-connections.ts';
import type { Engine } from '../../app/engine.ts';
import type { CommandContext } from '../context.ts';
import { openEngineForCommand } from '../runs/open-engine-for-command.ts';
import type { Person } from './person.ts';
import { unlockVault } from './reading-tools.ts';

/** Everything that connections work with, as the one writer of the data folder. */
export interface WritingTools {
  readonly engine: Engine;
  readonly sources: AlertSources;
  readonly tools: ConnectionTools;
  readonly close: () => Promise<void>;
}

export interface WritingOptions {
  /** For the message a second writer shows. */
  readonly holder: string;
  readonly person: Person;
  /** What takes the alerts that are followed; default: the store. */
  readonly journal?: (engine: Engine) => AlertJournal;
  /** Something about the connections or the alerts they follow changed. */
  readonly changed?: () => void;
}

/** Errors: as `openEngine`. */
export async function openWritingTools(
  context: CommandContext,
  { holder, person, journal = ({ store }) => store.journal, changed = () => undefined }: WritingOptions,
): Promise<WritingTools> {
  const engine = await openEngineForCommand(context, holder);
  try {
    await unlockVault(engine.secrets, person);
    const { store, clock } = engine;
    const ports = { sources: store.sources, journal: journal(engine), clock };
    const sources = new AlertSources({ ...ports, changed, troubleChanged: changed });
    const hub = { statusChanged: changed, dataChanged: changed };
    return {
      engine,
      sources,
      tools: connectionTools({ engine, hub, sources }),
      close: async () => {
        await sources.close();
        await engine.close();
      },
    };
  } catch (error) {
    await engine.close();
    throw error;
  }
}
