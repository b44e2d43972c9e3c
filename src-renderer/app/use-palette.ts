import { parseFileHash } from '../../src-shared/domain/file-hash.ts';
import { visibleText } from '../../src-shared/formats/visible-text.ts';
import type { DetectionRow } from '../../src-shared/ipc/detections.ts';
import { announce } from '../ui/announce.ts';
import { useNow } from '../ui/now.ts';
import { fileName } from '../ui/split-path.ts';
import { useClient, useStatus } from './backend-context.tsx';
import { connectionWords, sourceOf } from './connections/connection-words.ts';
import { useOpenDialog } from './open-dialog.tsx';
import { narrowSections, type PaletteEntry, type PaletteSection } from './palette-entries.ts';
import {
  agentsHref,
  checkHref,
  connectionsHref,
  detectionsHref,
  overviewHref,
  queueHref,
  scansHref,
  settingsHref,
} from './routes.ts';
import { choiceOfAgent } from './scans/launch-draft.ts';
import { proposeScan } from './scans/use-launch-draft.ts';
import { useAppearance } from './use-appearance.ts';
import { useReportFailure } from './report-failure.tsx';
import { useQuery } from './use-query.ts';
import { navigate } from './use-route.ts';

const FILES_SHOWN = 7;
const AGENTS_SHOWN = 5;

/** What the palette offers for a text: files and agents that match, screens and commands. */
export function usePaletteSections(text: string): readonly PaletteSection[] {
  const asked = text.trim();
  const files = useFileEntries(asked);
  const agents = useAgentEntries(asked);
  const connections = useConnectionEntries();
  const fixed = narrowSections(
    [
      { title: 'Connections', entries: connections },
      { title: 'Go to', entries: PLACES },
      { title: 'Commands', entries: useCommandEntries() },
    ],
    asked,
  );
  const found = [
    { title: 'Files', entries: files },
    { title: 'Agents', entries: agents },
  ].filter(({ entries }) => entries.length > 0);
  return [...found, ...fixed];
}

const PLACES: readonly PaletteEntry[] = [
  { id: 'go-overview', label: 'Overview', icon: 'overview', run: () => navigate(overviewHref) },
  { id: 'go-detections', label: 'Detections', icon: 'detections', run: () => navigate(detectionsHref()) },
  {
    id: 'go-triage',
    label: 'Files to triage',
    icon: 'detections',
    keywords: 'new detections',
    run: () => navigate(detectionsHref({ view: 'to-triage' })),
  },
  {
    id: 'go-queue',
    label: 'Queue',
    icon: 'queue',
    keywords: 'waiting files',
    run: () => navigate(queueHref),
  },
  {
    id: 'go-scans',
    label: 'Scans',
    icon: 'scans',
    keywords: 'kaspersky kes',
    run: () => navigate(scansHref()),
  },
  {
    id: 'go-all-scans',
    label: 'All scans',
    icon: 'clock',
    keywords: 'history kaspersky kes',
    isRare: true,
    run: () => navigate(scansHref({ isAll: true })),
  },
  {
    id: 'go-audit',
    label: 'Audit trail',
    icon: 'lock',
    keywords: 'settings who asked what when',
    isRare: true,
    run: () => navigate(settingsHref('audit')),
  },
  {
    id: 'go-agents',
    label: 'Agents',
    icon: 'agent',
    keywords: 'endpoints hosts',
    run: () => navigate(agentsHref()),
  },
  {
    id: 'go-connections',
    label: 'Connections',
    icon: 'plug',
    keywords: 'settings managers ssh api',
    isRare: true,
    run: () => navigate(connectionsHref()),
  },
  { id: 'go-settings', label: 'Settings', icon: 'settings', run: () => navigate(settingsHref()) },
  {
    id: 'go-key',
    isRare: true,
    label: 'VirusTotal key and quota',
    icon: 'key',
    keywords: 'settings limits api',
    run: () => navigate(settingsHref('virustotal')),
  },
  {
    id: 'go-exclusions',
    isRare: true,
    label: 'Exclusions and mutes',
    icon: 'filter',
    keywords: 'settings rules',
    run: () => navigate(settingsHref('exclusions')),
  },
];

function useCommandEntries(): readonly PaletteEntry[] {
  const { queue } = useStatus();
  const openDialog = useOpenDialog();
  const { theme, set } = useAppearance();
  const isPaused = queue.reason === 'by-user';
  const pause = usePause();
  const askAgents = useAskAgents();
  const themeEntry = (name: typeof theme, label: string): PaletteEntry => ({
    id: `theme-${name}`,
    label,
    icon: 'theme',
    keywords: 'appearance colour color mode',
    ...(theme === name ? { fact: 'now' } : {}),
    run: () => set({ theme: name }),
  });
  return [
    {
      id: 'add-connection',
      label: 'Connect to a manager',
      icon: 'plug',
      keywords: 'add connection ssh api',
      run: () => navigate(connectionsHref({ mode: 'add' })),
    },
    {
      id: 'ask-agents',
      label: 'Ask the managers for their agents',
      icon: 'again',
      keywords: 'refresh list',
      isRare: true,
      run: () => void askAgents(),
    },
    {
      id: 'scan',
      label: 'Launch a scan',
      icon: 'scans',
      keywords: 'kaspersky kes start full',
      run: () => proposeScan({}),
    },
    {
      id: 'update-databases',
      label: 'Update KES databases',
      icon: 'scans',
      keywords: 'kaspersky scan',
      isRare: true,
      run: () => proposeScan({ kind: 'update' }),
    },
    {
      id: 'add-file',
      label: 'Add alert file',
      icon: 'plus',
      keywords: 'source import follow',
      run: () => openDialog('add-alert-file'),
    },
    {
      id: 'check',
      label: 'Check a file or hash',
      icon: 'search',
      keywords: 'sha256 sha1 md5 lookup',
      run: () => navigate(checkHref()),
    },
    isPaused
      ? { id: 'resume', label: 'Resume the queue', icon: 'resume', run: () => void pause(false) }
      : { id: 'pause', label: 'Pause the queue', icon: 'pause', run: () => void pause(true) },
    themeEntry('light', 'Light theme'),
    themeEntry('dark', 'Dark theme'),
    themeEntry('system', 'Theme of the system'),
  ];
}

/** The palette is closed by the time the answer comes; the status bar shows the success, a notice the failure. */
function usePause(): (paused: boolean) => Promise<void> {
  const client = useClient();
  const report = useReportFailure();
  return async (paused) => {
    try {
      await client.settings.pauseQueue({ paused });
      announce(paused ? 'The queue is paused.' : 'The queue goes on.');
    } catch (error) {
      report(error);
    }
  };
}

function useFileEntries(text: string): readonly PaletteEntry[] {
  const { data, isPrevious } = useQuery(
    async (client) =>
      await client.detections.list({ filter: { text }, sort: 'activity', limit: FILES_SHOWN }),
    ['palette files', text],
    { isOff: text.length < 2 },
  );
  if (text.length < 2) return [];
  const files = (data?.rows ?? []).map(fileEntry);
  const isNewHash = !isPrevious && files.length === 0 && parseFileHash(text) !== null;
  return isNewHash ? [checkEntry(text)] : files;
}

function fileEntry(row: DetectionRow): PaletteEntry {
  return {
    id: `file-${row.fileId}`,
    label: visibleText(fileName(row.path)),
    path: row.path,
    mark: row.standing,
    fact: visibleText(row.agentName),
    run: () => navigate(detectionsHref({ view: 'everything', file: row.fileId })),
  };
}

function checkEntry(hash: string): PaletteEntry {
  return {
    id: 'check-this',
    label: `Ask VirusTotal about ${hash.slice(0, 12)}…`,
    icon: 'search',
    fact: 'never seen here',
    run: () => navigate(checkHref(hash)),
  };
}

/** Also those known from alerts only; each opens beside the list. */
function useAgentEntries(text: string): readonly PaletteEntry[] {
  const { data } = useQuery(
    (client, signal) => client.agents.list({ filter: { text }, limit: AGENTS_SHOWN }, { signal }),
    ['palette agents', text],
    { isOff: text === '' },
  );
  if (text === '') return [];
  return (data?.rows ?? []).flatMap((agent): readonly PaletteEntry[] => [
    {
      id: `agent-${agent.profile}/${agent.agentId}`,
      label: visibleText(agent.name),
      icon: 'agent',
      fact: `agent ${visibleText(agent.agentId)}`,
      run: () => navigate(agentsHref({ agent })),
    },
    ...(agent.profileId === null
      ? []
      : [
          {
            id: `scan-${agent.profile}/${agent.agentId}`,
            label: `Scan ${visibleText(agent.name)}`,
            icon: 'scans' as const,
            fact: `agent ${visibleText(agent.agentId)}`,
            run: () => proposeScan({ choices: [choiceOfAgent(agent)] }),
          },
        ]),
  ]);
}

function useConnectionEntries(): readonly PaletteEntry[] {
  const { connections, sources } = useStatus();
  const now = useNow();
  return connections.map((connection) => ({
    id: `connection-${connection.id}`,
    label: visibleText(connection.name),
    icon: 'plug',
    fact: connectionWords(connection, sourceOf(connection, sources), now).word,
    isRare: true,
    keywords: 'connection manager',
    run: () => navigate(connectionsHref({ mode: 'show', profileId: connection.id })),
  }));
}

function useAskAgents(): () => Promise<void> {
  const client = useClient();
  const report = useReportFailure();
  return async () => {
    try {
      await client.agents.refresh({ profileId: null });
      announce('The managers were asked for their agents.');
    } catch (error) {
      report(error);
    }
  };
}
