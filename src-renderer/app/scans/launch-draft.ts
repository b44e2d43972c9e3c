import { kindFacts } from '../../../src-shared/domain/scan-kinds.ts';
import type {
  AgentProgram,
  FleetRules,
  ScanAction,
  ScanKind,
  ScanRoute,
} from '../../../src-shared/domain/scan.ts';
import type { ScanRequest } from '../../../src-shared/ipc/scans.ts';

export interface ChosenAgent {
  readonly profile: string;
  readonly agentId: string;
  readonly name: string;
}

/** What was chosen at once: one agent, a group, everything that holds a file. */
export interface AgentChoice {
  /** `agent:mgr-fra-1/007`, `group:linux`, `holders:12`. */
  readonly id: string;
  readonly label: string;
  readonly agents: readonly ChosenAgent[];
}

/** One path, and the agents that hold a file there as far as they told. */
export interface Holders {
  readonly path: string;
  readonly agents: readonly ChosenAgent[];
}

/** What a person has put together so far; nothing is sent of it. */
export interface LaunchDraft {
  readonly choices: readonly AgentChoice[];
  readonly kind: ScanKind;
  readonly path: string;
  readonly action: ScanAction;
  /** Null: the best for each agent. */
  readonly way: { readonly route: ScanRoute; readonly program: AgentProgram } | null;
  readonly rules: FleetRules;
  /** The file that the scan is asked for from. */
  readonly origin: { readonly fileId: number; readonly name: string } | null;
  /** Where else that file is: a scan has one path, and these agents hold it under another. */
  readonly elsewhere: readonly Holders[];
  readonly acceptsHarm: boolean;
}

export const EMPTY_DRAFT: LaunchDraft = {
  choices: [],
  kind: 'full',
  path: '',
  action: 'as-set',
  way: null,
  rules: { atOnce: 5, pauseSeconds: 0, canary: true, waitHours: 24 },
  origin: null,
  elsewhere: [],
  acceptsHarm: false,
};

/** The draft of the next scan: it outlives a look at another screen, and other screens begin one. */
export class DraftStore {
  readonly #listeners = new Set<() => void>();
  #draft = EMPTY_DRAFT;

  readonly subscribe = (listener: () => void): (() => void) => {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  };
  readonly read = (): LaunchDraft => this.#draft;

  /** Consent holds for what it was given for: any other change takes it back. */
  change(part: Partial<LaunchDraft>): void {
    const isOnlyConsent = Object.keys(part).length === 1 && part.acceptsHarm !== undefined;
    this.#set({ ...this.#draft, ...(isOnlyConsent ? {} : { acceptsHarm: false }), ...part });
  }

  /** A draft of its own, begun elsewhere. The rules for many agents stay as they were set last. */
  begin(part: Partial<LaunchDraft>): void {
    this.#set({ ...EMPTY_DRAFT, rules: this.#draft.rules, ...part });
  }

  #set(draft: LaunchDraft): void {
    this.#draft = draft;
    for (const listener of this.#listeners) listener();
  }
}

export const launchDraft = new DraftStore();

/** Agents ticked in a list stand as chips of their own up to this many. */
const CHIPS = 8;

export function choiceOfAgent(agent: ChosenAgent): AgentChoice {
  return { id: `agent:${agent.profile}/${agent.agentId}`, label: agent.name, agents: [agent] };
}

export function choicesOfAgents(agents: readonly ChosenAgent[]): readonly AgentChoice[] {
  if (agents.length <= CHIPS) return agents.map(choiceOfAgent);
  return [{ id: 'ticked', label: 'Chosen in the list', agents }];
}

/** The agents that hold the draft's file, as one choice. */
export function choicesOfHolders(
  { fileId, name }: NonNullable<LaunchDraft['origin']>,
  agents: readonly ChosenAgent[],
): readonly AgentChoice[] {
  if (agents.length === 1) return agents.map(choiceOfAgent);
  return [{ id: `holders:${fileId}`, label: `Holds ${name}`, agents }];
}

/**
 * Every agent that holds the draft's file, beside what is chosen. A scan of the file has one path: those that hold it at
 * the draft's are chosen, and the others are named. Null when nobody holds it.
 */
export function addHolders(draft: LaunchDraft, holders: readonly Holders[]): Partial<LaunchDraft> | null {
  const { origin, choices, kind, path } = draft;
  const here = holders.find((one) => one.path === path) ?? holders[0];
  if (!origin || !here) return null;
  const isOfFile = kind === 'file';
  const everybody = chosenAgents({ choices: holders.map(({ agents }) => ({ id: '', label: '', agents })) });
  const known = new Set(choices.map(({ id }) => id));
  const added = choicesOfHolders(origin, isOfFile ? here.agents : everybody);
  return {
    choices: [...choices, ...added.filter(({ id }) => !known.has(id))],
    ...(isOfFile ? { path: here.path, elsewhere: holders.filter((one) => one !== here) } : {}),
  };
}

/** To another path of the file, with the agents that hold it there; the path of now is elsewhere then. */
export function takeElsewhere(draft: LaunchDraft, to: Holders): Partial<LaunchDraft> {
  const { origin, path, elsewhere } = draft;
  const here = { path, agents: chosenAgents(draft) };
  return {
    choices: origin ? choicesOfHolders(origin, to.agents) : choicesOfAgents(to.agents),
    path: to.path,
    elsewhere: [here, ...elsewhere.filter((one) => one !== to)],
  };
}

/** Each agent once, in the order of the choices. */
export function chosenAgents({ choices }: Pick<LaunchDraft, 'choices'>): readonly ChosenAgent[] {
  const all = choices.flatMap(({ agents }) => agents);
  return [...new Map(all.map((agent) => [`${agent.profile}/${agent.agentId}`, agent])).values()];
}

export function needsPath(kind: ScanKind): kind is 'file' | 'folder' {
  return kind === 'file' || kind === 'folder';
}

/** KES may disinfect or delete: somebody has to say that it may. */
export function needsConsent({ kind, action }: Pick<LaunchDraft, 'kind' | 'action'>): boolean {
  return kindFacts(kind).mayHarm && !(needsPath(kind) && action === 'skip');
}

export interface DraftProblems {
  readonly agents: string | null;
  readonly path: string | null;
  readonly consent: string | null;
}

/** What is still missing, place by place. */
export function problemsOf(draft: LaunchDraft): DraftProblems {
  return {
    agents: chosenAgents(draft).length === 0 ? 'Choose an agent.' : null,
    path: needsPath(draft.kind) ? pathProblem(draft.path) : null,
    consent: needsConsent(draft) && !draft.acceptsHarm ? 'Say that it may, or choose another kind.' : null,
  };
}

const LONGEST_PATH = 4096;

function pathProblem(path: string): string | null {
  if (path.trim() === '') return 'Enter a path on the agent.';
  if (!path.startsWith('/')) return 'A path from the root, such as /srv/upload.';
  if (/\p{Cc}/u.test(path)) return 'No control characters.';
  return path.length > LONGEST_PATH ? `At most ${LONGEST_PATH} characters.` : null;
}

/** The request for a plan; null while agents or the path are missing. */
export function requestOf(draft: LaunchDraft): ScanRequest | null {
  const { agents, path } = problemsOf(draft);
  if (agents !== null || path !== null) return null;
  const isOfPath = needsPath(draft.kind);
  const chosen = chosenAgents(draft);
  return {
    agents: chosen.map(({ profile, agentId }) => ({ profile, agentId })),
    kind: draft.kind,
    path: isOfPath ? draft.path : null,
    action: isOfPath ? draft.action : 'as-set',
    route: draft.way?.route ?? null,
    program: draft.way?.program ?? null,
    rules: { ...draft.rules, canary: draft.rules.canary && chosen.length > 1 },
    originFileId: isOfPath ? (draft.origin?.fileId ?? null) : null,
  };
}
