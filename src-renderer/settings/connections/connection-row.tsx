import { Link } from 'react-aria-components/Link';
import { visibleText } from '../../../src-shared/formats/visible-text.ts';
import type { ConnectionDetail } from '../../../src-shared/ipc/connections.ts';
import { stateSentence, wayWords } from '../../app/connections/connection-words.ts';
import { LegacyTag } from '../../app/connections/legacy-tag.tsx';
import { connectionsHref } from '../../app/routes.ts';
import { ButtonLink } from '../../ui/button-link.tsx';
import { classes } from '../../ui/classes.ts';
import { Mark } from '../../ui/mark.tsx';
import styles from './connection-list.module.css';
import { ConnectionTrouble } from './connection-trouble.tsx';
import { SwitchButton } from './switch-button.tsx';
import { useConnectionState } from './use-connection-state.ts';

/** One connection of the list; its name leads to all that is known of it. */
export function ConnectionRow({ detail }: { readonly detail: ConnectionDetail }) {
  const { profile, capabilities } = detail;
  const { status, words } = useConnectionState(profile.id);
  const version = capabilities?.manager.version;
  return (
    <li className={styles.connection}>
      <Mark name={words?.mark ?? 'waits'} />
      <div className={styles.words}>
        <p className={styles.title}>
          <Link
            href={connectionsHref({ mode: 'show', profileId: profile.id })}
            className={classes(styles.name)}
          >
            {visibleText(profile.name)}
          </Link>
          {profile.ssh?.allowsLegacyAlgorithms && <LegacyTag />}
        </p>
        <p className={styles.way}>{wayWords(profile)}</p>
        <p className={styles.facts}>
          {[words && stateSentence(words), words?.lag?.join(' '), version && `Wazuh ${visibleText(version)}`]
            .filter(Boolean)
            .join(' · ')}
        </p>
      </div>
      <div className={styles.actions}>
        {status && <SwitchButton status={status} />}
        <ButtonLink size="small" href={connectionsHref({ mode: 'edit', profileId: profile.id })}>
          Edit
        </ButtonLink>
      </div>
      {status && (
        <div className={styles.trouble}>
          <ConnectionTrouble status={status} />
        </div>
      )}
    </li>
  );
}
