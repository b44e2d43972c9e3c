import type { ConnectionDetail } from '../../../src-shared/ipc/connections.ts';
import { PUBLISHING_CHOICES, publishingLead } from '../../app/connections/publishing-words.ts';
import { useCommand } from '../../app/use-command.ts';
import { ErrorNotice } from '../../ui/error-notice.tsx';
import { formatNumber } from '../../ui/format.ts';
import { Segments } from '../../ui/segments.tsx';
import type { Publishing } from '../../../src-shared/domain/connection-profile.ts';
import { Facts } from '../facts.tsx';
import { SettingGroup } from '../setting-group.tsx';
import styles from './publishing-group.module.css';

/** Whether this manager hears of the outcomes. Written is not heard: only the alert that comes back counts. */
export function PublishingGroup({
  detail,
  unpublished,
}: {
  readonly detail: ConnectionDetail;
  readonly unpublished: number;
}) {
  const { profile, publications } = detail;
  const set = useCommand((client, publishing: Publishing) =>
    client.connections.setPublishing({ profileId: profile.id, publishing }),
  );
  const choices = PUBLISHING_CHOICES.filter(({ value }) => canPublishBy(value, detail));
  const { waiting, sent, seen, failed } = publications;
  const wasUsed = waiting + sent + seen + failed > 0;
  const error = set.error ?? publications.error;
  const hasFiles = profile.ssh !== null || profile.isLocal;
  const followsAlerts = profile.alertFormat !== null;
  return (
    <SettingGroup title="Publishing" lead={publishingLead(profile.publishing, { hasFiles, followsAlerts })}>
      <div className={styles.choice}>
        <Segments
          label="Hand outcomes to the manager"
          segments={choices}
          value={profile.publishing}
          onChange={(publishing) => void set.run(publishing)}
          isDisabled={set.isRunning}
        />
      </div>
      {error && <ErrorNotice error={error} isAlert={set.error !== null} />}
      {(wasUsed || unpublished > 0) && (
        <Facts
          facts={[
            { name: 'Came back as alerts', value: formatNumber(seen) },
            { name: 'Not seen yet', value: formatNumber(sent) },
            { name: 'Waiting', value: formatNumber(waiting) },
            { name: 'Failed', value: formatNumber(failed) },
          ]}
        />
      )}
    </SettingGroup>
  );
}

/** The queue socket needs the machine, `POST /events` the API. */
function canPublishBy(way: Publishing, { profile }: ConnectionDetail): boolean {
  if (way === 'socket') return profile.ssh !== null || profile.isLocal;
  return way === 'off' || profile.api !== null;
}
