import { Link } from 'react-aria-components/Link';
import { visibleText } from '../../../src-shared/formats/visible-text.ts';
import type { CrossVerdict, HostVerdict } from '../../../src-shared/ipc/cross-verdict.ts';
import type { DetectionDetail } from '../../../src-shared/ipc/detections.ts';
import { scansHref } from '../../app/routes.ts';
import { useQuery } from '../../app/use-query.ts';
import { classes } from '../../ui/classes.ts';
import { ErrorNotice } from '../../ui/error-notice.tsx';
import { formatNumber } from '../../ui/format.ts';
import { Mark, type MarkName } from '../../ui/mark.tsx';
import { SectionHead } from '../../ui/section-head.tsx';
import { Time } from '../../ui/time.tsx';
import styles from './cross-verdict-section.module.css';

const HOSTS_SHOWN = 8;

/** What Kaspersky's engine said at VirusTotal, beside what KES said on the hosts themselves. */
export function CrossVerdictSection({ detail }: { readonly detail: DetectionDetail }) {
  const { fileId } = detail.row;
  const query = useQuery(
    (client, signal) => client.scans.crossVerdict({ fileId }, { signal }),
    ['cross-verdict', fileId],
  );
  const cross = query.isPrevious ? undefined : query.data;
  if (query.error) {
    return (
      <section aria-label="Kaspersky, there and here">
        <ErrorNotice error={query.error} />
      </section>
    );
  }
  if (!cross || (cross.virustotal.length === 0 && cross.hosts.length === 0)) return null;
  return (
    <section aria-label="Kaspersky, there and here">
      <SectionHead title="Kaspersky, there and here" fact={agreement(cross)} />
      <div className={styles.sides}>
        <div className={styles.side}>
          <h3 className={styles.where}>Its engine at VirusTotal</h3>
          <AtVirusTotal cross={cross} />
        </div>
        <div className={styles.side}>
          <h3 className={styles.where}>KES on hosts</h3>
          <OnHosts hosts={cross.hosts} />
        </div>
      </div>
    </section>
  );
}

function AtVirusTotal({ cross: { virustotal, judgedAt } }: { readonly cross: CrossVerdict }) {
  if (virustotal.length === 0)
    return <p className={styles.none}>Not among the engines of the newest report.</p>;
  return (
    <ul>
      {virustotal.map(({ engine, category, result, engineUpdate }) => (
        <li key={engine} className={styles.line}>
          <Mark name={engineMark(category)} />
          <div className={styles.words}>
            <b className={styles.said}>{visibleText(result ?? category)}</b>
            <p className={styles.fact}>
              {judgedAt !== null && <Time at={judgedAt} form="evidence" />}
              {engineUpdate !== null && `, databases of ${visibleText(engineUpdate)}`}
            </p>
          </div>
        </li>
      ))}
    </ul>
  );
}

function engineMark(category: string): MarkName {
  if (category === 'malicious' || category === 'suspicious') return category;
  return category === 'undetected' || category === 'harmless' ? 'clean' : 'no-records';
}

const SAID: Readonly<Record<HostVerdict['said'], readonly [MarkName, string]>> = {
  detected: ['malicious', 'Detected'],
  clean: ['clean', 'Nothing detected'],
  unknown: ['suspicious', 'Ended, not seen what it found'],
};

/** The same word of the same scan may have come by several ways: the newest of them stands. */
function distinct(hosts: CrossVerdict['hosts']): CrossVerdict['hosts'] {
  return [...new Map(hosts.toReversed().map((host) => [hostKey(host), host])).values()].toReversed();
}

function hostKey({ profile, agentName, path, said, threat, scanId, time }: HostVerdict): string {
  return JSON.stringify([profile, agentName, path, said, threat, scanId ?? time]);
}

function OnHosts({ hosts: all }: Pick<CrossVerdict, 'hosts'>) {
  const hosts = distinct(all);
  if (hosts.length === 0) return <p className={styles.none}>KES has not been seen to look at it.</p>;
  const left = hosts.length - HOSTS_SHOWN;
  return (
    <>
      <ul>
        {hosts.slice(0, HOSTS_SHOWN).map((host) => (
          <HostLine key={hostKey(host)} host={host} />
        ))}
      </ul>
      {left > 0 && <p className={styles.none}>and {formatNumber(left)} more</p>}
    </>
  );
}

function HostLine({ host }: { readonly host: HostVerdict }) {
  const { agentName, said, threat, time, scanId, path } = host;
  const [mark, words] = SAID[said];
  const name = visibleText(agentName);
  return (
    <li className={styles.line} title={visibleText(path)}>
      <Mark name={mark} />
      <div className={styles.words}>
        <b className={styles.said}>{threat === null ? words : visibleText(threat)}</b>
        <p className={styles.fact}>
          {scanId === null ? (
            name
          ) : (
            <Link
              href={scansHref({ pick: { kind: 'scan', id: scanId } })}
              className={classes(styles.link)}
              aria-label={`The scan on ${name}`}
            >
              {name}
            </Link>
          )}
          , <Time at={time} form="evidence" />
        </p>
      </div>
    </li>
  );
}

/** `they agree`, where both have spoken. */
function agreement({ virustotal, hosts }: CrossVerdict): string {
  const there = virustotal.some(({ category }) => category === 'malicious' || category === 'suspicious');
  const spoken = hosts.filter(({ said }) => said !== 'unknown');
  if (virustotal.length === 0 || spoken.length === 0) return '';
  const here = spoken.map(({ said }) => said === 'detected');
  if (here.every((isDetected) => isDetected === there)) return 'they agree';
  return here.some((isDetected) => isDetected === there) ? 'hosts differ' : 'they differ';
}
