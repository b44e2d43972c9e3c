import type { ConnectionDetail } from '../../../src-shared/ipc/connections.ts';
import { connectionsHref } from '../../app/routes.ts';
import { ButtonLink } from '../../ui/button-link.tsx';
import { EmptyState } from '../../ui/empty-state.tsx';
import { SettingGroup } from '../setting-group.tsx';
import styles from './connection-list.module.css';
import { ConnectionRow } from './connection-row.tsx';

/** Every connection: how it is reached, how it stands, and what it needs. */
export function ConnectionList({ details }: { readonly details: readonly ConnectionDetail[] }) {
  return (
    <SettingGroup
      title="Connections"
      lead="The managers whose alerts are followed. Each one is read and reconnected on its own; a slow or dead one never delays the others."
      end={
        <ButtonLink icon="plus" href={connectionsHref({ mode: 'add' })}>
          Add connection
        </ButtonLink>
      }
    >
      {details.length === 0 ? (
        <div className={styles.none}>
          <EmptyState title="No connection yet">
            A manager is reached over SSH, by its API, or directly where Verdict Desk runs on the same
            machine. An alert file that lies here already can be followed without one.
          </EmptyState>
        </div>
      ) : (
        <ul className={styles.list}>
          {details.map((detail) => (
            <ConnectionRow key={detail.profile.id} detail={detail} />
          ))}
        </ul>
      )}
    </SettingGroup>
  );
}
