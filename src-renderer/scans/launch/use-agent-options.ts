import type { AgentStatus } from '../../../src-shared/domain/agent.ts';
import type { AgentRow } from '../../../src-shared/ipc/agents.ts';
import { visibleText } from '../../../src-shared/formats/visible-text.ts';
import { useClient } from '../../app/backend-context.tsx';
import { useReportFailure } from '../../app/report-failure.tsx';
import { gatherAgents, gatherHolders } from '../../app/scans/gather-agents.ts';
import {
  addHolders,
  choiceOfAgent,
  type AgentChoice,
  type ChosenAgent,
  type LaunchDraft,
} from '../../app/scans/launch-draft.ts';
import { useQuery } from '../../app/use-query.ts';
import type { Option } from '../../ui/option-list.tsx';

/** One line of the list under the field, and what it stands for. */
export interface AgentOption extends Option {
  readonly what:
    | { readonly kind: 'agent'; readonly agent: ChosenAgent }
    | { readonly kind: 'group'; readonly group: string }
    | { readonly kind: 'holders'; readonly fileId: number };
}

interface Options {
  readonly options: readonly AgentOption[];
  /** Of what the text finds, also while the options are those of an earlier one; null when that is nothing. */
  readonly firstOption: () => Promise<AgentOption | null>;
  /** The draft with it. Asks for the agents of a group or of a file; null when there are none or the question failed. */
  readonly withOption: (option: AgentOption) => Promise<Partial<LaunchDraft> | null>;
}

const AGENTS_SHOWN = 8;
const GROUPS_SHOWN = 5;
const MANAGER_ID = '000';

const STATUS_WORDS: Readonly<Record<AgentStatus, string>> = {
  active: 'active',
  disconnected: 'disconnected',
  'never-connected': 'never connected',
  pending: 'pending',
  unknown: 'status not told',
};

/** What the text finds and is not chosen yet. */
export function useAgentOptions(text: string, draft: LaunchDraft): Options {
  const { choices, origin } = draft;
  const client = useClient();
  const report = useReportFailure();
  const request = { filter: { text }, limit: AGENTS_SHOWN + 1 };
  const agents = useQuery(
    (asked, signal) => asked.agents.list(request, { signal }),
    ['agents to scan', text],
    { everyMs: 10_000 },
  );
  const groups = useQuery((asked, signal) => asked.agents.groups(undefined, { signal }), [], {
    everyMs: 10_000,
  });
  const taken = new Set(choices.map(({ id }) => id));
  const optionsFrom = (rows: readonly AgentRow[]) =>
    [...holderOptions(origin, text), ...groupOptions(groups.data ?? [], text), ...agentOptions(rows)].filter(
      ({ id }) => !taken.has(id),
    );
  const options = optionsFrom(agents.data?.rows ?? []);
  const firstOption = async (): Promise<AgentOption | null> => {
    try {
      const isSettled = agents.data !== undefined && !agents.isPrevious;
      const found = isSettled ? options : optionsFrom((await client.agents.list(request)).rows);
      return found[0] ?? null;
    } catch (error) {
      report(error);
      return null;
    }
  };
  const withChoice = (choice: AgentChoice) => ({ choices: [...choices, choice] });
  const withOption = async ({ id, label, what }: AgentOption): Promise<Partial<LaunchDraft> | null> => {
    if (what.kind === 'agent') return withChoice(choiceOfAgent(what.agent));
    try {
      if (what.kind === 'holders') return addHolders(draft, await gatherHolders(client, what.fileId));
      const found = await gatherAgents(client, { group: what.group });
      return found.length === 0 ? null : withChoice({ id, label, agents: found });
    } catch (error) {
      report(error);
      return null;
    }
  };
  return { options, firstOption, withOption };
}

function agentOptions(rows: readonly AgentRow[]): readonly AgentOption[] {
  return rows
    .filter(({ agentId }) => agentId !== MANAGER_ID)
    .slice(0, AGENTS_SHOWN)
    .map(({ profile, agentId, name, status }) => {
      const agent = { profile, agentId, name };
      return {
        id: choiceOfAgent(agent).id,
        label: visibleText(name),
        detail: `${visibleText(agentId)}, ${STATUS_WORDS[status]}`,
        icon: 'agent',
        what: { kind: 'agent', agent },
      };
    });
}

function holderOptions(origin: LaunchDraft['origin'], text: string): readonly AgentOption[] {
  if (!origin) return [];
  const label = `Every agent that holds ${visibleText(origin.name)}`;
  if (!label.toLowerCase().includes(text.toLowerCase())) return [];
  const { fileId } = origin;
  return [{ id: `holders:${fileId}`, label, detail: '', icon: 'file', what: { kind: 'holders', fileId } }];
}

function groupOptions(groups: readonly string[], text: string): readonly AgentOption[] {
  return groups
    .filter((group) => `group ${group}`.toLowerCase().includes(text.toLowerCase()))
    .slice(0, GROUPS_SHOWN)
    .map((group) => ({
      id: `group:${group}`,
      label: `Group ${visibleText(group)}`,
      detail: 'all of its agents',
      icon: 'filter',
      what: { kind: 'group', group },
    }));
}
