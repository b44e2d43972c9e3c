import { useStatus } from '../app/backend-context.tsx';
import { useOpenDialog } from '../app/open-dialog.tsx';
import { plainSources } from '../app/connections/connection-words.ts';
import { settingsHref } from '../app/routes.ts';
import { SourceItem } from '../app/sources/source-list.tsx';
import { Button } from '../ui/button.tsx';
import { countOf } from '../ui/format.ts';
import { Link } from '../ui/link.tsx';
import { SettingGroup } from './setting-group.tsx';
import styles from './sources-section.module.css';

/** The alert files that were named directly: where each stands, and what keeps it. */
export function SourcesSection() {
  const { sources, connections } = useStatus();
  const files = plainSources(sources, connections);
  const openDialog = useOpenDialog();
  const malformed = sources.reduce((sum, { counts }) => sum + counts.malformed, 0);
  return (
    <SettingGroup
      title="Alert files"
      lead="Followed line by line, across day change, rotation and restarts. A file that is away is read on at the same byte once it is back."
      end={
        <Button icon="plus" onPress={() => openDialog('add-alert-file')}>
          Add alert file
        </Button>
      }
    >
      {files.length === 0 ? (
        <p className={styles.none}>No alert file is followed. Add one, or import a file once.</p>
      ) : (
        <ul className={styles.list}>
          {files.map((source) => (
            <SourceItem key={source.id} source={source} />
          ))}
        </ul>
      )}
      {malformed > 0 && (
        <p className={styles.none}>
          {countOf(malformed, 'line')} could not be read as an alert.{' '}
          <Link href={settingsHref('malformed')}>Show damaged lines</Link>
        </p>
      )}
    </SettingGroup>
  );
}
