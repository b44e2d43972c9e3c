import { visibleText } from '../../../src-shared/formats/visible-text.ts';
import type { CapabilityFinding, CapabilityReport } from '../../../src-shared/domain/capability.ts';
import { useCommand } from '../../app/use-command.ts';
import { announce } from '../../ui/announce.ts';
import { Button } from '../../ui/button.tsx';
import { Commands } from '../../ui/commands.tsx';
import { ErrorNotice } from '../../ui/error-notice.tsx';
import { Mark } from '../../ui/mark.tsx';
import { Time } from '../../ui/time.tsx';
import { SettingGroup } from '../setting-group.tsx';
import styles from './capability-panel.module.css';
import {
  CAPABILITY_NAMES,
  capabilityGroups,
  capabilitySummary,
  FINDING_MARKS,
  FINDING_WORDS,
} from './capability-words.ts';

interface PanelProps {
  readonly profileId: number;
  readonly report: CapabilityReport | null;
}

/** What the account may do there, found by looking; for each missing thing the lines that would grant it and no more. */
export function CapabilityPanel({ profileId, report }: PanelProps) {
  const probe = useCommand(async (client) => {
    const found = await client.connections.probe({ profileId });
    announce(capabilitySummary(found));
    return found;
  });
  return (
    <SettingGroup
      title="What the account may do"
      lead={
        report ? (
          <>
            {capabilitySummary(report)}. Looked <Time at={report.probedAt} />, in{' '}
            {(report.tookMs / 1000).toFixed(1)} s; looking changes nothing there.
          </>
        ) : (
          'Not looked yet. It takes a few seconds and changes nothing there.'
        )
      }
      end={
        <Button icon="again" onPress={() => void probe.run()} isPending={probe.isRunning}>
          {report ? 'Look again' : 'Look now'}
        </Button>
      }
    >
      {probe.error && <ErrorNotice error={probe.error} />}
      {report &&
        capabilityGroups(report).map(({ title, findings }) => (
          <div key={title} className={styles.group}>
            <h3 className={styles.title}>{title}</h3>
            <ul aria-label={title}>
              {findings.map((finding) => (
                <Finding key={`${finding.capability} ${finding.via}`} finding={finding} />
              ))}
            </ul>
          </div>
        ))}
    </SettingGroup>
  );
}

const VIA_WORDS = { ssh: 'SSH', api: 'API', local: 'this machine' } as const;

function Finding({ finding }: { readonly finding: CapabilityFinding }) {
  const { capability, state, found, via, remedy } = finding;
  const isQuiet = state === 'not-asked' || state === 'unknown';
  return (
    <li className={styles.finding}>
      <Mark name={FINDING_MARKS[state]} />
      <div className={styles.words}>
        <b className={isQuiet ? styles.quiet : styles.name}>{CAPABILITY_NAMES[capability]}</b>
        <p className={styles.found}>{visibleText(found)}</p>
      </div>
      <span className={styles.end}>
        {FINDING_WORDS[state]}
        <span className={styles.via}>{VIA_WORDS[via]}</span>
      </span>
      {remedy && (
        <div className={styles.remedy}>
          <p className={styles.found}>{visibleText(remedy.words)}</p>
          {remedy.lines.length > 0 && (
            <Commands
              lines={remedy.lines}
              what={remedy.place ? 'line' : 'command'}
              place={remedy.place ?? 'as root on the manager'}
            />
          )}
        </div>
      )}
    </li>
  );
}
