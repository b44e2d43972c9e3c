import { Segments } from '../../../ui/segments.tsx';
import { PUBLISHING_CHOICES, publishingLead } from '../publishing-words.ts';
import styles from './connection-form.module.css';
import type { ConnectionForm } from './use-connection-form.ts';

/** Whether the manager hears of the outcomes. Off unless a person wants it. */
export function PublishingFields({ form }: { readonly form: ConnectionForm }) {
  const { publishing, way, alertFormat } = form.draft;
  const hasFiles = way !== 'api';
  const followsAlerts = hasFiles && alertFormat !== 'none';
  const problem = form.problem('publishing');
  return (
    <div className={styles.group}>
      <span className={styles.label}>Hand outcomes to the manager</span>
      <Segments
        label="Hand outcomes to the manager"
        segments={PUBLISHING_CHOICES}
        value={publishing}
        onChange={(next) => form.change({ publishing: next }, 'publishing')}
      />
      <p className={problem ? styles.error : styles.help}>
        {problem ?? publishingLead(publishing, { hasFiles, followsAlerts })}
      </p>
    </div>
  );
}
