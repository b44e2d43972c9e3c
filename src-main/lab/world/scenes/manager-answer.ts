import { managerAnswerAlert, rateLimitAlert } from '../../alerts/virustotal-alert.ts';
import { analyse } from '../../virustotal/analysis.ts';
import type { PlacedFile } from '../population.ts';
import type { Beat, Stage } from '../scene.ts';

/**
 * The manager's own integration asks about the FIM alert at `index` of the scene and hears what VirusTotal has. It asks
 * nothing about agents without SHA-1 (the script needs it) and crashes over files still being analysed, as in the field.
 */
export function managerAnswer(
  { dossiers, random, atMs }: Stage,
  file: PlacedFile,
  { index, afterMs }: { readonly index: number; readonly afterMs: number },
): Beat[] {
  if (!file.agent.digests.includes('sha1')) return [];
  const dossier = dossiers.open(file.content.hashes.sha256, atMs);
  if (dossier.kind === 'pending') return [];
  const isLimited = random.chance(0.05);
  return [
    {
      afterMs: afterMs + random.integer(500, 1800),
      draft: (ids) => {
        if (isLimited) return rateLimitAlert();
        const standing = dossier.kind === 'finished' ? dossier.standing : null;
        const entries = dossier.kind === 'finished' ? analyse(dossier.file, dossier.standing) : [];
        const total = entries.filter(({ category }) => category !== 'type-unsupported').length;
        return managerAnswerAlert({ file, alertId: ids[index] ?? '', standing, total });
      },
    },
  ];
}
