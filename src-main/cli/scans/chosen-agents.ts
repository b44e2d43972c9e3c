import type { AgentRow } from '../../../src-shared/ipc/agents.ts';
import { DomainError } from '../../../src-shared/errors/domain-error.ts';
import type { ScanFlags } from '../commands/scan.ts';
import type { ScanRequest } from '../../../src-shared/ipc/scans.ts';
import type { DirectReader } from '../../store/reader.ts';
import { usage } from './request-from-flags.ts';

/** Which agents a call means, and what follows from the file it named. */
export interface ChosenAgents {
  readonly agents: ScanRequest['agents'];
  readonly originFileId: number | null;
  /** Null where the call named none and no file was named. */
  readonly path: string | null;
}

const PAGE = 1_000;

/** Errors: `scans.no-such-file`, `scans.nobody-holds-it`, `scans.empty-group`, `usage.scan`. */
export async function chosenAgents(
  flags: ScanFlags,
  profile: string,
  reader: DirectReader,
): Promise<ChosenAgents> {
  const path = flags.path ?? null;
  const all = (ids: readonly string[]) => ids.map((agentId) => ({ profile, agentId }));
  if (flags.agent) return { agents: all(flags.agent), originFileId: null, path };
  if (flags.holding !== undefined) return holders(flags.holding, flags, { profile, reader });
  const members = await agentsOf(profile, flags.group ?? null, reader);
  if (members.length === 0) throw emptyGroup(flags.group ?? '', profile);
  return { agents: all(members.map(({ agentId }) => agentId)), originFileId: null, path };
}

/** Without those that only alerts know, by name: they have no number to be asked by. */
async function agentsOf(
  profile: string,
  group: string | null,
  reader: DirectReader,
): Promise<readonly AgentRow[]> {
  const filter = { profile, text: '', statuses: [], group };
  const rows: AgentRow[] = [];
  let cursor: string | null = null;
  do {
    const page: Awaited<ReturnType<typeof askPage>> = await askPage(reader, { filter, cursor, limit: PAGE });
    rows.push(...page.rows.filter(({ agentId }) => /^\d{3,10}$/.test(agentId)));
    cursor = page.nextCursor;
  } while (cursor !== null);
  return rows;
}

function askPage(reader: DirectReader, request: Parameters<typeof reader.ask<'agentPage'>>[1]) {
  return reader.ask('agentPage', request);
}

interface Place {
  readonly agentId: string;
  readonly path: string;
}

async function holders(
  hash: string,
  { kind, path }: ScanFlags,
  { profile, reader }: { readonly profile: string; readonly reader: DirectReader },
): Promise<ChosenAgents> {
  const found = await reader.ask('find', hash.toLowerCase());
  if (!found) throw noSuchFile(hash);
  const places = await placesOf(found.fileId, profile, reader);
  const meant =
    path === undefined || kind === 'folder' ? places : places.filter((place) => place.path === path);
  const ids = [...new Set(meant.map(({ agentId }) => agentId))];
  if (ids.length === 0) throw nobodyHolds(hash, path);
  const agents = ids.map((agentId) => ({ profile, agentId }));
  return { agents, originFileId: found.fileId, path: path ?? (kind === 'file' ? onlyPath(meant) : null) };
}

/** Where the file lies as far as the alerts tell: what was last seen to be deleted is gone. */
async function placesOf(fileId: number, profile: string, reader: DirectReader): Promise<readonly Place[]> {
  const known = await agentsOf(profile, null, reader);
  const idOf = new Map(known.map(({ name, agentId }) => [name, agentId]));
  const seen = new Set<string>();
  const places: Place[] = [];
  let before: number | null = null;
  for (;;) {
    const page: Awaited<ReturnType<typeof askSightings>> = await askSightings(reader, fileId, before);
    for (const { profile: owner, agentId: given, agentName, path, change } of page) {
      const agentId = given ?? idOf.get(agentName);
      const name = JSON.stringify([agentId, path]);
      if (owner !== profile || agentId === undefined || seen.has(name)) continue;
      seen.add(name);
      if (change !== 'deleted') places.push({ agentId, path });
    }
    before = page.at(-1)?.eventId ?? null;
    if (before === null || page.length < PAGE) return places;
  }
}

function askSightings(reader: DirectReader, fileId: number, before: number | null) {
  return reader.ask('sightings', { fileId, before, limit: PAGE });
}

function onlyPath(places: readonly Place[]): string {
  const [first = '', ...others] = new Set(places.map(({ path }) => path));
  if (others.length === 0) return first;
  const shown = [first, ...others].slice(0, SHOWN_PATHS).join(', ');
  throw usage(
    'The file has several paths, and a scan has one.',
    `Say which with --path: ${shown}${others.length >= SHOWN_PATHS ? ', …' : ''}.`,
  );
}
const SHOWN_PATHS = 10;

function noSuchFile(hash: string): DomainError {
  return new DomainError(
    'scans.no-such-file',
    `No alert told of a file with the digest ${hash}.`,
    'It takes an MD5, SHA-1 or SHA-256 that verdict-desk verdicts --json shows.',
  );
}

function nobodyHolds(hash: string, path: string | undefined): DomainError {
  const where = path === undefined ? '' : ` at ${path}`;
  return new DomainError(
    'scans.nobody-holds-it',
    `No agent of this connection is known to hold ${hash}${where}.`,
    'Name the connection with --profile, or the agents with --agent.',
  );
}

function emptyGroup(group: string, profile: string): DomainError {
  return new DomainError(
    'scans.empty-group',
    `${profile} has no agent in a group named ${group}.`,
    'Look at verdict-desk agents --refresh --json: groups are known where the API lists the agents.',
  );
}
