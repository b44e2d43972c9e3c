import type { ConnectionProfile } from '../../../src-shared/domain/connection-profile.ts';
import { visibleText } from '../../../src-shared/formats/visible-text.ts';
import type { SourceStatus } from '../../../src-shared/ipc/status.ts';
import { CompletenessLine } from '../../app/connections/completeness-line.tsx';
import { readWords } from '../../app/sources/count-words.ts';
import { ErrorNotice } from '../../ui/error-notice.tsx';
import { Time } from '../../ui/time.tsx';
import { Facts, type Fact } from '../facts.tsx';
import { SettingGroup } from '../setting-group.tsx';

/** What is read from this manager, and whether all of it was. */
export function ReadingGroup({
  source,
  profile,
}: {
  readonly source: SourceStatus | null;
  readonly profile: ConnectionProfile;
}) {
  if (source === null) {
    return (
      <SettingGroup
        title="Reading"
        lead={
          profile.alertFormat === null
            ? 'No alert file is followed over this connection.'
            : 'Nothing was read yet. Reading begins once the manager is reached.'
        }
      >
        {null}
      </SettingGroup>
    );
  }
  return (
    <SettingGroup title="Reading">
      {source.error && <ErrorNotice error={source.error} isAlert={false} />}
      <Facts facts={factsOf(source)} />
    </SettingGroup>
  );
}

function factsOf(source: SourceStatus): readonly Fact[] {
  const { counts } = source;
  return [
    { name: 'Alert file', value: <code>{visibleText(source.path)}</code> },
    {
      name: 'Read',
      value: readWords(counts),
    },
    {
      name: 'Newest alert',
      value: source.lastAlertAt === null ? 'none seen' : <Time at={source.lastAlertAt} />,
    },
    { name: 'Completeness', value: <CompletenessLine completeness={source.completeness} /> },
  ];
}
