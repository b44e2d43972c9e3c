import { AgentsScreen } from '../agents/agents-screen.tsx';
import { DetectionsScreen } from '../detections/detections-screen.tsx';
import { OverviewScreen } from '../overview/overview-screen.tsx';
import { ScansScreen } from '../scans/scans-screen.tsx';
import { SettingsScreen } from '../settings/settings-screen.tsx';
import type { Place } from './routes.ts';

/** The screen that an address names. */
export function Screen({ place }: { readonly place: Place }) {
  switch (place) {
    case 'overview':
      return <OverviewScreen />;
    case 'detections':
      return <DetectionsScreen />;
    case 'scans':
      return <ScansScreen />;
    case 'agents':
      return <AgentsScreen />;
    case 'settings':
      return <SettingsScreen />;
  }
}
