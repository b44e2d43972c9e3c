/** A user of the API. Shown openly: it opens the lab and nothing else. */
export interface LabApiUser {
  readonly id: number;
  readonly name: string;
  readonly password: string;
  readonly role: string | null;
  /** As RBAC has worked them out: resources with their effect, by action. */
  readonly policies: Policies;
}

export type Policies = Readonly<Record<string, Readonly<Record<string, 'allow' | 'deny'>>>>;

const AGENTS = { 'agent:id:*': 'allow', 'agent:group:*': 'allow' } as const;
const EVERYTHING = { '*:*:*': 'allow' } as const;

/** What Wazuh's role `readonly` grants, as far as the lab has it. */
const READING: Policies = {
  'agent:read': AGENTS,
  'group:read': { 'group:id:*': 'allow' },
  'manager:read': EVERYTHING,
  'cluster:status': EVERYTHING,
  'cluster:read': { 'node:id:*': 'allow' },
  'rules:read': { 'rule:file:*': 'allow' },
  'decoders:read': { 'decoder:file:*': 'allow' },
  'lists:read': { 'list:file:*': 'allow' },
  'syscheck:read': AGENTS,
};

const ADMINISTERING: Policies = {
  ...READING,
  'active-response:command': AGENTS,
  'agent:restart': AGENTS,
  'event:ingest': EVERYTHING,
  'logtest:run': EVERYTHING,
  'manager:update_config': EVERYTHING,
  'manager:read_api_config': EVERYTHING,
  'manager:restart': EVERYTHING,
  'rules:update': EVERYTHING,
  'rules:delete': { 'rule:file:*': 'allow' },
  'security:read': EVERYTHING,
  'syscheck:run': AGENTS,
  'syscheck:clear': AGENTS,
};

/** One who may do everything, one who may look, and one with no role at all. */
export const LAB_API_USERS: readonly LabApiUser[] = [
  { id: 1, name: 'wazuh', password: 'lab-administrator-1', role: 'administrator', policies: ADMINISTERING },
  { id: 100, name: 'auditor', password: 'lab-auditor-1', role: 'readonly', policies: READING },
  { id: 101, name: 'newcomer', password: 'lab-newcomer-1', role: null, policies: {} },
];

/** White mode: what is not allowed is denied. Answers which of the resources asked for are covered. */
export function mayDo(user: LabApiUser, action: string): boolean {
  return Object.values(user.policies[action] ?? {}).includes('allow');
}
