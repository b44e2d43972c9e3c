import type { Standing } from '../../src-shared/domain/outcome.ts';
import type { ScanKind, ScanState } from '../../src-shared/domain/scan.ts';
import type { View } from '../../src-shared/ipc/detections.ts';

/** The screens. Each is a hash address, so that the back button and a reload lead back to them. */
export const PLACES = ['overview', 'detections', 'scans', 'agents', 'settings'] as const;
export type Place = (typeof PLACES)[number];

export const PLACE_NAMES: Readonly<Record<Place, string>> = {
  overview: 'Overview',
  detections: 'Detections',
  scans: 'Scans',
  agents: 'Agents',
  settings: 'Settings',
};

export interface Route {
  readonly place: Place;
  /** `virustotal` of `#/settings/virustotal`. */
  readonly part: string | null;
  readonly params: URLSearchParams;
}

/** Reads `#/detections?view=to-triage&file=12`; what it does not know leads to the overview. */
export function parseRoute(hash: string): Route {
  const [path = '', search = ''] = hash.replace(/^#\/?/, '').split('?', 2);
  const [first, part] = path.split('/');
  const place = PLACES.find((known) => known === first) ?? 'overview';
  return { place, part: part || null, params: new URLSearchParams(search) };
}

export const overviewHref = '#/overview';

export function settingsHref(part?: SettingsPart): string {
  return part ? `#/settings/${part}` : '#/settings';
}
export const SETTINGS_PARTS = [
  'connections',
  'virustotal',
  'queue',
  'exclusions',
  'sources',
  'malformed',
  'appearance',
  'audit',
  'data',
] as const;
export type SettingsPart = (typeof SETTINGS_PARTS)[number];

/** What the address of Detections can say; the screen reads the same names. */
export interface DetectionsAddress {
  readonly view?: View | undefined;
  /** The file whose drawer is open. */
  readonly file?: number | undefined;
  /** Narrowed to these standings: `outcome=queued,failed`. */
  readonly outcome?: readonly Standing[] | undefined;
  readonly agent?: string | undefined;
  readonly text?: string | undefined;
}

export function detectionsHref(address: DetectionsAddress = {}): string {
  const params = new URLSearchParams();
  if (address.view) params.set('view', address.view);
  if (address.outcome?.length) params.set('outcome', address.outcome.join(','));
  if (address.agent) params.set('agent', address.agent);
  if (address.text) params.set('text', address.text);
  if (address.file !== undefined) params.set('file', String(address.file));
  const search = params.toString();
  return search ? `#/detections?${search}` : '#/detections';
}

/** The queue is the list of files that wait. */
export const queueHref = detectionsHref({ view: 'everything', outcome: ['queued'] });

/** Opens the dialog that checks a file or a hash. */
export function checkHref(hash = ''): string {
  return `#/detections?${new URLSearchParams({ check: hash }).toString()}`;
}

/** What the address of Settings › Connections can say. */
export type ConnectionsAddress =
  | { readonly mode: 'list' }
  | { readonly mode: 'add' }
  | { readonly mode: 'show' | 'edit'; readonly profileId: number };

export function connectionsHref(address: ConnectionsAddress = { mode: 'list' }): string {
  const list = settingsHref('connections');
  if (address.mode === 'list') return list;
  if (address.mode === 'add') return `${list}?add=`;
  return `${list}?${address.mode}=${address.profileId}`;
}

export function readConnectionsAddress(params: URLSearchParams): ConnectionsAddress {
  if (params.has('add')) return { mode: 'add' };
  for (const mode of ['show', 'edit'] as const) {
    const profileId = Number(params.get(mode) ?? Number.NaN);
    if (Number.isSafeInteger(profileId)) return { mode, profileId };
  }
  return { mode: 'list' };
}

/** What the address of Agents can say; an agent is named by its connection and its id. */
export interface AgentsAddress {
  readonly agent?: { readonly profile: string; readonly agentId: string } | undefined;
  readonly text?: string | undefined;
  readonly statuses?: readonly string[] | undefined;
  readonly group?: string | undefined;
  readonly profile?: string | undefined;
}

export function agentsHref(address: AgentsAddress = {}): string {
  const params = new URLSearchParams();
  if (address.text) params.set('text', address.text);
  if (address.statuses?.length) params.set('status', address.statuses.join(','));
  if (address.group) params.set('group', address.group);
  if (address.profile) params.set('profile', address.profile);
  if (address.agent) params.set('agent', `${address.agent.profile}/${address.agent.agentId}`);
  const search = params.toString();
  return search ? `#/agents?${search}` : '#/agents';
}

/** What is looked at among the scans: one of them, or an order over many agents. */
export type ScanPick =
  | { readonly kind: 'scan'; readonly id: number }
  | { readonly kind: 'order'; readonly id: number };

/** What the address of Scans can say; `isAll`: the whole history with its filters. */
export interface ScansAddress {
  readonly isAll?: boolean;
  readonly pick?: ScanPick | null | undefined;
  readonly text?: string | undefined;
  readonly states?: readonly ScanState[] | undefined;
  readonly kinds?: readonly ScanKind[] | undefined;
  readonly agent?: { readonly profile: string; readonly agentId: string } | null | undefined;
  /** Narrowed to the scans of one order. */
  readonly order?: number | null | undefined;
  readonly onlyAutomatic?: boolean | undefined;
}

export function scansHref(address: ScansAddress = {}): string {
  const params = new URLSearchParams();
  if (address.text) params.set('text', address.text);
  if (address.states?.length) params.set('state', address.states.join(','));
  if (address.kinds?.length) params.set('kind', address.kinds.join(','));
  if (address.agent) params.set('agent', `${address.agent.profile}/${address.agent.agentId}`);
  if (address.order != null) params.set('of', String(address.order));
  if (address.onlyAutomatic) params.set('automatic', '');
  if (address.pick) params.set(address.pick.kind, String(address.pick.id));
  const search = params.toString();
  const path = address.isAll ? '#/scans/all' : '#/scans';
  return search ? `${path}?${search}` : path;
}

export function readScanPick(params: URLSearchParams): ScanPick | null {
  for (const kind of ['scan', 'order'] as const) {
    const id = Number(params.get(kind) ?? Number.NaN);
    if (Number.isSafeInteger(id)) return { kind, id };
  }
  return null;
}
