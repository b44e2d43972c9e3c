import type { ReactNode } from 'react';
import { useRoute } from '../app/use-route.ts';
import { useQuery } from '../app/use-query.ts';
import { Button } from '../ui/button.tsx';
import { ErrorNotice } from '../ui/error-notice.tsx';
import { PageHead } from '../ui/page-head.tsx';
import { SkeletonRows } from '../ui/skeleton.tsx';
import type { Settings } from '../../src-shared/ipc/settings.ts';
import { AppearanceSection } from './appearance-section.tsx';
import { AuditSection } from './audit-section.tsx';
import { ConnectionsSection } from './connections/connections-section.tsx';
import { DataSection } from './data-section.tsx';
import { ExclusionsSection } from './exclusions-section.tsx';
import { MalformedSection } from './malformed-section.tsx';
import { QueueSection } from './queue-section.tsx';
import { readSection, type SectionId } from './sections.ts';
import { SectionsNav } from './sections-nav.tsx';
import styles from './settings-screen.module.css';
import { SourcesSection } from './sources-section.tsx';
import { VirusTotalSection } from './virustotal-section.tsx';

/** What the administrator decides once; one section at a time, each with its own address. */
export function SettingsScreen() {
  const section = readSection(useRoute().part);
  const query = useQuery((client, signal) => client.settings.get(undefined, { signal }), []);
  return (
    <>
      <PageHead title="Settings" />
      <div className={styles.panes}>
        <SectionsNav current={section} />
        <div className={styles.pane} key={section}>
          <div className={styles.measure}>
            {query.error && (
              <ErrorNotice
                error={query.error}
                actions={
                  <Button size="small" icon="again" onPress={query.reload}>
                    Read the settings again
                  </Button>
                }
              />
            )}
            {!query.data && query.isSlow && <SkeletonRows rows={5} label="Reading the settings" />}
            {contentOf(section, query.data)}
          </div>
        </div>
      </div>
    </>
  );
}

/** Connections, appearance, sources, damaged lines and the audit trail need no settings: they show even when those cannot be read. */
function contentOf(section: SectionId, settings: Settings | undefined): ReactNode {
  switch (section) {
    case 'connections':
      return <ConnectionsSection secrets={settings?.secrets ?? null} />;
    case 'virustotal':
      return settings && <VirusTotalSection settings={settings} />;
    case 'queue':
      return settings && <QueueSection settings={settings} />;
    case 'exclusions':
      return settings && <ExclusionsSection settings={settings} />;
    case 'sources':
      return <SourcesSection />;
    case 'malformed':
      return <MalformedSection />;
    case 'audit':
      return <AuditSection />;
    case 'appearance':
      return <AppearanceSection />;
    case 'data':
      return settings && <DataSection settings={settings} />;
  }
}
