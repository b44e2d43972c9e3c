import { visibleText } from '../../src-shared/formats/visible-text.ts';
import type { AgentRow } from '../../src-shared/ipc/agents.ts';
import { Count } from '../ui/count.tsx';
import { Definitions } from '../ui/definitions.tsx';
import { MISSING } from '../ui/format.ts';
import { SectionHead } from '../ui/section-head.tsx';
import { Time } from '../ui/time.tsx';
import { SOURCE_WORDS } from './agent-words.ts';
import styles from './agent-facts.module.css';

/** What its files are worth, in three figures. */
export function AgentFigures({ row }: { readonly row: AgentRow }) {
  return (
    <section aria-label="Its files">
      <SectionHead title="Its files" />
      <dl className={styles.figures}>
        <div>
          <dt>Malicious</dt>
          <dd>
            <Count value={row.malicious} tone="malicious" />
          </dd>
        </div>
        <div>
          <dt>Suspicious</dt>
          <dd>
            <Count value={row.suspicious} tone="suspicious" />
          </dd>
        </div>
        <div>
          <dt>FIM events</dt>
          <dd>
            <Count value={row.fimEvents} />
          </dd>
        </div>
      </dl>
    </section>
  );
}

/** What the manager tells of it, from where, and when it told so. */
export function AgentFacts({ row }: { readonly row: AgentRow }) {
  const { version, groups, ip, nodeName, lastKeepAlive } = row;
  return (
    <section aria-label="What is known of it">
      <SectionHead
        title="What is known of it"
        fact={
          <>
            from {SOURCE_WORDS[row.source]}, <Time at={row.seenAt} />
          </>
        }
      />
      <Definitions>
        <dt>Agent version</dt>
        <dd>{version === null ? MISSING : visibleText(version)}</dd>
        <dt>Address</dt>
        <dd>{ip === null ? 'any' : visibleText(ip)}</dd>
        <dt>Groups</dt>
        <dd>{groups.length === 0 ? MISSING : visibleText(groups.join(', '))}</dd>
        <dt>Last keep-alive</dt>
        <dd>{lastKeepAlive === null ? MISSING : <Time at={lastKeepAlive} form="evidence" />}</dd>
        {nodeName !== null && (
          <>
            <dt>Cluster node</dt>
            <dd>{visibleText(nodeName)}</dd>
          </>
        )}
      </Definitions>
    </section>
  );
}
