import { SegmentsField } from '../../../ui/segments-field.tsx';
import { PUBLISHING_CHOICES, publishingLead } from '../publishing-words.ts';
import type { ConnectionForm } from './use-connection-form.ts';

/** Whether the manager hears of the outcomes. Off unless a person wants it. */
export function PublishingFields({ form }: { readonly form: ConnectionForm }) {
  const { publishing, way, alertFormat } = form.draft;
  const hasFiles = way !== 'api';
  const followsAlerts = hasFiles && alertFormat !== 'none';
  return (
    <SegmentsField
      label="Hand outcomes to the manager"
      segments={PUBLISHING_CHOICES}
      value={publishing}
      onChange={(next) => form.change({ publishing: next }, 'publishing')}
      help={publishingLead(publishing, { hasFiles, followsAlerts })}
      error={form.problem('publishing')}
    />
  );
}
