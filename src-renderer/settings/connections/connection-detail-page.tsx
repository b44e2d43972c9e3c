import { visibleText } from '../../../src-shared/formats/visible-text.ts';
import type { ConnectionDetail } from '../../../src-shared/ipc/connections.ts';
import { stateSentence, wayWords } from '../../app/connections/connection-words.ts';
import { LegacyTag } from '../../app/connections/legacy-tag.tsx';
import { agentsHref, connectionsHref } from '../../app/routes.ts';
import { ButtonLink } from '../../ui/button-link.tsx';
import { Link } from '../../ui/link.tsx';
import { Mark } from '../../ui/mark.tsx';
import { Time } from '../../ui/time.tsx';
import { BackLink } from './back-link.tsx';
import { CapabilityPanel } from './capability-panel.tsx';
import styles from './connection-detail-page.module.css';
import { ConnectionTrouble } from './connection-trouble.tsx';
import { ManagerFactsGroup } from './manager-facts-group.tsx';
import { PublishingGroup } from './publishing-group.tsx';
import { ReadingGroup } from './reading-group.tsx';
import { RemoveButton } from './remove-button.tsx';
import { SwitchButton } from './switch-button.tsx';
import { TrustGroup } from './trust-group.tsx';
import { useConnectionState, type ConnectionStateView } from './use-connection-state.ts';

/** Everything about one connection: how it stands, what it may do, what is trusted. */
export function ConnectionDetailPage({ detail }: { readonly detail: ConnectionDetail }) {
  const { profile } = detail;
  const state = useConnectionState(profile.id);
  return (
    <>
      <section className={styles.top} aria-label={visibleText(profile.name)}>
        <BackLink />
        <Head detail={detail} state={state} />
        {state.status && <ConnectionTrouble status={state.status} />}
      </section>
      <ReadingGroup source={state.source} profile={profile} />
      <CapabilityPanel profileId={profile.id} report={detail.capabilities} />
      {detail.capabilities && <ManagerFactsGroup report={detail.capabilities} />}
      <PublishingGroup detail={detail} unpublished={state.status?.unpublished ?? 0} />
      <TrustGroup detail={detail} />
    </>
  );
}

function Head({ detail, state }: { readonly detail: ConnectionDetail; readonly state: ConnectionStateView }) {
  const { profile } = detail;
  const { status, words } = state;
  const since = status?.host?.since ?? status?.api?.since;
  return (
    <header className={styles.head}>
      <div className={styles.words}>
        <h2 className={styles.title}>
          {visibleText(profile.name)}
          {profile.ssh?.allowsLegacyAlgorithms && <LegacyTag />}
        </h2>
        <p className={styles.way}>{wayWords(profile)}</p>
        {words && (
          <p className={styles.state}>
            <Mark name={words.mark} />
            <span>
              <b className={styles.word}>{words.word}</b>
              {words.lamp === 'on' && since && (
                <>
                  {' '}
                  since <Time at={since} form="evidence" />
                </>
              )}
              {stateSentence(words).slice(words.word.length)}
              {words.lag && `, ${words.lag.join(' ')}`}
            </span>
          </p>
        )}
        <p className={styles.links}>
          <Link href={agentsHref({ profile: profile.name })} size="small">
            Its agents
          </Link>
        </p>
      </div>
      <div className={styles.actions}>
        <ButtonLink href={connectionsHref({ mode: 'edit', profileId: profile.id })} size="small">
          Edit
        </ButtonLink>
        {status && <SwitchButton status={status} />}
        <RemoveButton profile={profile} />
      </div>
    </header>
  );
}
