import { visibleText } from '../../src-shared/formats/visible-text.ts';
import type { AgentListing } from '../../src-shared/ipc/agents.ts';
import { connectionsHref } from '../app/routes.ts';
import { Link } from '../ui/link.tsx';
import styles from './listing-notes.module.css';

/** Why a list is not fuller or fresher, a line for each connection that has a reason. */
export function ListingNotes({ listings }: { readonly listings: readonly AgentListing[] }) {
  const noted = listings.filter(({ note }) => note !== null);
  if (noted.length === 0) return null;
  return (
    <ul className={styles.notes} aria-label="Where the list comes short">
      {noted.map(({ profileId, profile, note }) => (
        <li key={profileId} className={styles.note}>
          <b className={styles.name}>{visibleText(profile)}</b>
          <span className={styles.words}>{visibleText(note ?? '')}</span>
          <Link href={connectionsHref({ mode: 'show', profileId })} size="small">
            What the account may do
          </Link>
        </li>
      ))}
    </ul>
  );
}
