import type { AgentListing } from '../../src-shared/ipc/agents.ts';
import { KeyCap } from '../ui/key-cap.tsx';
import { KeyHint, ListFoot } from '../ui/list-foot.tsx';
import { useNow } from '../ui/now.ts';
import { listingWords } from './agent-words.ts';
import styles from './agents-foot.module.css';

/** The keys that work here, and where each list comes from and how old it is. */
export function AgentsFoot({
  listings,
  singleKeys,
}: {
  readonly listings: readonly AgentListing[];
  readonly singleKeys: boolean;
}) {
  const now = useNow();
  const words = listings.map((listing) => listingWords(listing, now)).join(' · ');
  return (
    <ListFoot>
      {singleKeys && (
        <KeyHint>
          <KeyCap>J</KeyCap>
          <KeyCap>K</KeyCap> next, previous <KeyCap>X</KeyCap> tick
        </KeyHint>
      )}
      <span className={styles.from} title={words}>
        {words}
      </span>
    </ListFoot>
  );
}
