import { DomainError } from '../../../src-shared/errors/domain-error.ts';
import type { Fleet } from '../agents/fleet.ts';
import { kesNameOf } from '../agents/threats.ts';
import { managerStarted } from '../alerts/noise-alert.ts';
import type { LabTime } from '../lab-time.ts';
import type { AlertFiles } from '../manager/alert-files.ts';
import type { AlertWriter } from '../manager/alert-writer.ts';
import { dayOf } from '../manager/dated-files.ts';
import type { Dossiers } from '../virustotal/dossiers.ts';
import type { KnownFile } from '../virustotal/known-file.ts';
import { wishedFile, type AddedFile, type FileWish } from './added-file.ts';
import { agentById, agentByName } from './agents.ts';
import { everyday } from './everyday.ts';
import type { LabWorld } from './lab-world.ts';
import type { LivePace } from './live-pace.ts';
import type { Scene } from './scene.ts';
import { drop } from './scenes/drop.ts';
import { edit } from './scenes/edit.ts';
import { noise } from './scenes/noise.ts';
import { trouble } from './scenes/trouble.ts';
import { upgrade } from './scenes/upgrade.ts';

/** Scenes that can be asked for by name. */
export const SCENE_NAMES = ['everyday', 'drop', 'edit', 'upgrade', 'trouble', 'noise'] as const;
export type SceneName = (typeof SCENE_NAMES)[number];
const SCENES: Readonly<Record<SceneName, Scene>> = {
  everyday: everyday(0.6),
  drop,
  edit,
  upgrade,
  trouble,
  noise,
};

/** A file whose verdict was changed. */
export interface TurnedFile {
  readonly agentId: string;
  readonly path: string;
  readonly hashes: KnownFile['hashes'];
}

/** The levers of the world; the same ones are reachable over HTTP under `/lab/world/`. */
export interface WorldControl {
  /** No scene begins any more; resolves when the last one is written. What KES is at on the agents it finishes. */
  pause(): Promise<void>;
  resume(): void;
  /** Plays scenes at once. */
  play(scene: SceneName, times?: number): void;
  /** Errors: `lab.unknown-agent`. */
  addFile(wish: FileWish): AddedFile;
  /** A file that is clean at VirusTotal and lies on a machine turns malicious. Errors: `lab.nothing-to-turn`. */
  turnMalicious(hash?: string, positives?: number): TurnedFile;
  /** Midnight: a new file with a new inode; the day before is archived ten seconds of the lab's time later. */
  changeDay(): void;
  /** The next `-NNN` chunk of the day. */
  rotate(): void;
  /** The manager restarts: same file, counters begin again. */
  restart(): void;
  /** Writes half of an alert; `complete` or the next alert adds the rest. */
  writePartially(wish: FileWish): AddedFile;
  complete(): void;
}

export interface WorldControlParts {
  readonly world: LabWorld;
  readonly pace: LivePace;
  readonly time: LabTime;
  readonly files: AlertFiles;
  readonly writer: AlertWriter;
  readonly dossiers: Dossiers;
  readonly fleet: Fleet;
}

const DAY_MS = 86_400_000;

export class WorldLevers implements WorldControl {
  readonly #parts: WorldControlParts;

  constructor(parts: WorldControlParts) {
    this.#parts = parts;
  }

  pause(): Promise<void> {
    return this.#parts.pace.pause();
  }

  resume(): void {
    this.#parts.pace.resume();
  }

  play(scene: SceneName, times = 1): void {
    const { world, time } = this.#parts;
    let atMs = time.now();
    for (let played = 0; played < times; played += 1) atMs = world.perform(SCENES[scene], atMs) + 1;
  }

  addFile(wish: FileWish): AddedFile {
    return this.#add(wish, (draft, atMs) => this.#parts.world.write(draft, atMs));
  }

  writePartially(wish: FileWish): AddedFile {
    return this.#add(wish, (draft, atMs) => this.#parts.world.writeBeginning(draft, atMs));
  }

  turnMalicious(hash?: string, positives = 7): TurnedFile {
    const { world, dossiers, time } = this.#parts;
    const wanted = hash?.toLowerCase();
    // Uploads and downloads first: a package that everybody runs would be an odd thing to turn.
    const droppedFirst = world.population
      .all()
      .toSorted(
        (a, b) =>
          Number(b.content.product.habit === 'dropped') - Number(a.content.product.habit === 'dropped'),
      );
    const file = droppedFirst.find(({ content }) => {
      if (wanted && !Object.values(content.hashes).includes(wanted)) return false;
      const dossier = dossiers.open(content.hashes.sha256, time.now());
      return dossier.kind === 'finished' && dossier.standing.positives === 0;
    });
    if (!file) {
      throw new DomainError(
        'lab.nothing-to-turn',
        'No file of the lab that is clean at VirusTotal could be turned malicious.',
        'Add a clean file first, or name the hash of one that is there.',
      );
    }
    const { hashes } = file.content;
    dossiers.change(hashes.sha256, { positives, suspicious: 0 }, time.now());
    return { agentId: file.agent.id, path: file.path, hashes };
  }

  changeDay(): void {
    const { time, files } = this.#parts;
    time.jumpTo(dayOf(time.now()) + DAY_MS);
    files.moveTo(time.now());
  }

  rotate(): void {
    this.#parts.files.rotate();
  }

  restart(): void {
    const { files, writer, world, time } = this.#parts;
    files.restart();
    writer.forgetCounters();
    world.write(managerStarted(), time.now());
  }

  complete(): void {
    this.#parts.files.complete();
  }

  #add(wish: FileWish, write: (draft: Parameters<LabWorld['write']>[0], atMs: number) => string): AddedFile {
    const agent = agentById(wish.agent) ?? agentByName(wish.agent);
    if (!agent) {
      throw new DomainError(
        'lab.unknown-agent',
        `The lab has no agent ${wish.agent}.`,
        'Name an agent by its id (001 to 012) or by its name, such as web-ams-1.',
      );
    }
    const atMs = this.#parts.time.now();
    const { path } = wish;
    const { draft, known, hashes } = wishedFile(wish, agent, atMs);
    if (known) this.#parts.dossiers.add(known);
    const threat = known && known.positives > 0 ? kesNameOf(known, { ...known, analysedMs: atMs }) : null;
    this.#parts.fleet.noteFile(agent, path, threat);
    return { alertId: write(draft, atMs), agentId: agent.id, path, hashes };
  }
}
