import { Checkbox } from '../../../ui/checkbox.tsx';
import { SegmentsField } from '../../../ui/segments-field.tsx';
import type { ConnectionForm } from './use-connection-form.ts';

const FORMATS = [
  { value: 'json', label: 'alerts.json' },
  { value: 'log', label: 'alerts.log' },
  { value: 'none', label: 'None' },
] as const;

const FORMAT_WORDS = {
  json: 'Switched on with <jsonout_output> in ossec.conf, as it is by default.',
  log: 'The text form. Choose it where the JSON form is switched off.',
  none: 'Nothing is read from this manager; agents and responses work.',
} as const;

/** Which alert file is followed, and how far back. */
export function ReadingFields({ form }: { readonly form: ConnectionForm }) {
  const { draft } = form;
  return (
    <>
      <SegmentsField
        label="Alert file"
        segments={FORMATS}
        value={draft.alertFormat}
        onChange={(alertFormat) => form.change({ alertFormat }, 'prefix')}
        help={FORMAT_WORDS[draft.alertFormat]}
      />
      {draft.alertFormat !== 'none' && (
        <Checkbox
          isSelected={draft.readsArchives}
          onChange={(readsArchives) => form.change({ readsArchives })}
        >
          On the first start, also read the days that are still there
        </Checkbox>
      )}
    </>
  );
}
