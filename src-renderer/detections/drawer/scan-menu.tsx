import { visibleText } from '../../../src-shared/formats/visible-text.ts';
import type { DetectionRow, Sighting } from '../../../src-shared/ipc/detections.ts';
import { useClient } from '../../app/backend-context.tsx';
import { useReportFailure } from '../../app/report-failure.tsx';
import { gatherHolders, holdersOf } from '../../app/scans/gather-agents.ts';
import { choiceOfAgent, choicesOfHolders, type ChosenAgent } from '../../app/scans/launch-draft.ts';
import { proposeScan } from '../../app/scans/use-launch-draft.ts';
import { Button } from '../../ui/button.tsx';
import { Menu } from '../../ui/menu.tsx';
import { shortenMiddle } from '../../ui/shorten-middle.ts';
import { fileName } from '../../ui/split-path.ts';

interface ScanMenuProps {
  readonly row: DetectionRow;
  readonly sightings: readonly Sighting[];
}

const LONGEST_NAME = 40;
const EVERYWHERE = 'everywhere';

/** From a detection to a KES scan of that very file; what would be sent is shown before anything is. */
export function ScanMenu({ row, sightings }: ScanMenuProps) {
  const client = useClient();
  const report = useReportFailure();
  const [newest] = sightings.filter(({ agentId }) => agentId !== null);
  if (!newest || newest.agentId === null) return null;
  const here: ChosenAgent = { profile: newest.profile, agentId: newest.agentId, name: newest.agentName };
  const origin = { fileId: row.fileId, name: fileName(row.path) };
  const known = holdersOf(sightings).reduce((sum, { agents }) => sum + agents.length, 0);

  const scanHere = (kind: 'file' | 'folder') =>
    proposeScan({
      choices: [choiceOfAgent(here)],
      kind,
      path: kind === 'file' ? newest.path : folderOf(newest.path),
      action: 'skip',
      origin,
    });
  /** Agents hold it under several paths: a request has one, so the one that most of them have goes first. */
  const scanEverywhere = async () => {
    try {
      const [most, ...elsewhere] = await gatherHolders(client, row.fileId);
      if (!most) return;
      const choices = choicesOfHolders(origin, most.agents);
      proposeScan({ choices, kind: 'file', path: most.path, action: 'skip', origin, elsewhere });
    } catch (error) {
      report(error);
    }
  };
  return (
    <Menu
      label="Scan with KES"
      placement="top start"
      trigger={<Button icon="scans">Scan…</Button>}
      groups={[
        {
          id: 'scan',
          title: 'Scan with KES, looking only',
          choices: [
            { id: 'file', label: `This file on ${shortenMiddle(visibleText(here.name), LONGEST_NAME)}…` },
            { id: 'folder', label: 'Its folder there…' },
            ...(row.agentCount > 1 || known > 1
              ? [{ id: EVERYWHERE, label: 'This file on every agent that holds it…' }]
              : []),
          ],
        },
      ]}
      onChoose={(id) => {
        if (id === EVERYWHERE) void scanEverywhere();
        else scanHere(id === 'folder' ? 'folder' : 'file');
      }}
    />
  );
}

function folderOf(path: string): string {
  return path.slice(0, Math.max(1, path.lastIndexOf('/')));
}
