import { useState, type ReactNode } from 'react';
import { countOf } from '../../../ui/format.ts';
import { Disclosure } from '../../../ui/disclosure.tsx';
import { Field } from '../../../ui/field.tsx';
import { SegmentsField } from '../../../ui/segments-field.tsx';
import { ApiFields } from './api-fields.tsx';
import styles from './connection-form.module.css';
import type { ConnectionDraft } from './draft.ts';
import type { Problems } from './field-keys.ts';
import { LegacyField } from './legacy-field.tsx';
import { PublishingFields } from './publishing-fields.tsx';
import { ReadingFields } from './reading-fields.tsx';
import { RootFields } from './root-fields.tsx';
import { JumpFields, ManagerFields } from './ssh-fields.tsx';
import type { ConnectionForm } from './use-connection-form.ts';
import { useFocusOnProblem } from './use-focus-on-problem.ts';

const WAYS = [
  { value: 'ssh', label: 'SSH' },
  { value: 'local', label: 'This machine' },
  { value: 'api', label: 'API only' },
] as const;

const WAY_WORDS = {
  ssh: null,
  local: 'The manager runs on this machine: its files and programs are used directly, with your rights.',
  api: 'Agents and responses. Alerts cannot be read: no version of the API returns them.',
} as const;

/** Everything that says how one manager is reached; what most people leave as it is, folded. */
export function ConnectionFields({
  form,
  startsFocused,
}: {
  readonly form: ConnectionForm;
  readonly startsFocused: boolean;
}) {
  const { draft } = form;
  const fields = useFocusOnProblem(form.refusals);
  return (
    <div ref={fields} className={styles.form}>
      <SegmentsField
        label="How it is reached"
        isLabelHidden
        segments={WAYS}
        value={draft.way}
        onChange={(way) => form.change({ way }, 'host', 'api-url', 'publishing')}
        help={WAY_WORDS[draft.way]}
      />
      {draft.way === 'ssh' && <ManagerFields form={form} startsFocused={startsFocused} />}
      {draft.way === 'api' && <ApiFields form={form} />}
      {form.isTestedFirst ? (
        <FoldedFields form={form} />
      ) : (
        <>
          <NameField form={form} />
          <MoreFields form={form} />
        </>
      )}
    </div>
  );
}

function NameField({ form }: { readonly form: ConnectionForm }) {
  return (
    <Field
      label="Name"
      value={form.draft.name}
      onChange={(name) => form.change({ name, isNameOwn: name !== '' }, 'name')}
      error={form.problem('name')}
      help="What this connection is called here and on the command line."
      maxLength={64}
    />
  );
}

/** For the first connection, the name is the host's and everything else waits behind one line. */
function FoldedFields({ form }: { readonly form: ConnectionForm }) {
  const [isOpen, setOpen] = useState(false);
  const isNeeded = hasProblem(form.problems, (key) => key === 'name' || isFolded(form, key));
  const title = form.draft.way === 'ssh' ? 'Name, jump hosts, sudo, manager API' : 'Name and everything else';
  return (
    <Disclosure title={title} isExpanded={isOpen || isNeeded} onExpandedChange={setOpen}>
      <NameField form={form} />
      <MoreFields form={form} />
    </Disclosure>
  );
}

function isFolded(form: ConnectionForm, key: string): boolean {
  return partsOf(form).some(({ fields }) => fields(key));
}

interface Part {
  readonly title: string;
  readonly fact: string | undefined;
  /** Its fields: one with a problem opens it. */
  readonly fields: (key: string) => boolean;
  readonly content: ReactNode;
}

function MoreFields({ form }: { readonly form: ConnectionForm }) {
  const [opened, setOpened] = useState<Readonly<Record<string, boolean>>>({});
  return (
    <div className={styles.more}>
      {partsOf(form).map(({ title, fact, fields, content }) => (
        <Disclosure
          key={title}
          title={title}
          fact={fact}
          isExpanded={opened[title] === true || hasProblem(form.problems, fields)}
          onExpandedChange={(isOpen) => setOpened((before) => ({ ...before, [title]: isOpen }))}
        >
          {content}
        </Disclosure>
      ))}
    </div>
  );
}

function partsOf(form: ConnectionForm): readonly Part[] {
  const { draft } = form;
  const isSsh = draft.way === 'ssh';
  const hasFiles = draft.way !== 'api';
  const parts: readonly (Part & { readonly isShown: boolean })[] = [
    {
      title: 'Jump hosts',
      isShown: isSsh,
      fact: draft.jumps.length === 0 ? 'none' : countOf(draft.jumps.length, 'jump host'),
      fields: (key) => key.startsWith('jump'),
      content: <JumpFields form={form} />,
    },
    {
      title: 'Root and installation',
      isShown: hasFiles,
      fact: rootFact(draft),
      fields: (key) => ['prefix', 'elevation', 'sudo-password'].includes(key),
      content: <RootFields form={form} />,
    },
    {
      title: 'Alert file',
      isShown: hasFiles,
      fact: draft.alertFormat === 'none' ? 'none' : `alerts.${draft.alertFormat}`,
      fields: () => false,
      content: <ReadingFields form={form} />,
    },
    {
      title: 'Manager API',
      isShown: hasFiles,
      fact: draft.usesApi ? draft.apiUrl : 'not used',
      fields: (key) => key.startsWith('api-'),
      content: <ApiFields form={form} />,
    },
    {
      title: 'Publishing',
      isShown: true,
      fact: draft.publishing === 'off' ? 'off' : 'on',
      fields: (key) => key === 'publishing',
      content: <PublishingFields form={form} />,
    },
    {
      title: 'Legacy algorithms',
      isShown: isSsh,
      fact: draft.allowsLegacyAlgorithms ? 'allowed' : 'refused',
      fields: () => false,
      content: <LegacyField form={form} />,
    },
  ];
  return parts.filter(({ isShown }) => isShown);
}

function rootFact({ elevation, prefix }: ConnectionDraft): string {
  const root = elevation === 'none' ? 'no sudo' : 'sudo';
  return prefix.trim() === '' ? root : `${root}, ${prefix.trim()}`;
}

function hasProblem(problems: Problems, fields: Part['fields']): boolean {
  return Object.keys(problems).some(fields);
}
