import { Button } from '../../../ui/button.tsx';
import { ComboField } from '../../../ui/combo-field.tsx';
import { Field } from '../../../ui/field.tsx';
import { Icon } from '../../../ui/icon.tsx';
import type { SshConfigHost } from '../../../../src-shared/ipc/connections.ts';
import { useQuery } from '../../use-query.ts';
import { hopWords } from '../connection-words.ts';
import styles from './connection-form.module.css';
import { withConfigHost, withHost, withNewJump, type HopDraft, type JumpDraft } from './draft.ts';
import { hopKey, type HopField } from './field-keys.ts';
import { HopFields } from './hop-fields.tsx';
import type { ConnectionForm } from './use-connection-form.ts';

/** The manager's own machine; hosts of `~/.ssh/config` are offered and fill the rest. */
export function ManagerFields({
  form,
  startsFocused,
}: {
  readonly form: ConnectionForm;
  readonly startsFocused: boolean;
}) {
  const { draft } = form;
  const { data } = useQuery((client, signal) => client.connections.sshHosts(undefined, { signal }), []);
  const hosts = data ?? [];
  const change = (part: Partial<HopDraft>, ...fields: readonly HopField[]) =>
    form.change({ manager: { ...draft.manager, ...part } }, ...fields);
  const choose = (alias: string) => {
    const known = hosts.find((host) => host.alias === alias);
    if (known) form.change(withConfigHost(draft, known), 'host', 'port', 'user', 'method', 'key', 'name');
  };
  return (
    <HopFields
      form={form}
      hop={draft.manager}
      place={null}
      onChange={change}
      userHelp="Membership of group wazuh is enough to read alerts; restarting needs sudo."
      hostField={
        <ComboField
          label="Host"
          value={draft.manager.host}
          onChange={(host) => {
            if (host !== draft.manager.host) form.change(withHost(draft, host), 'host', 'name');
          }}
          options={hosts.map(optionOf)}
          onChoose={choose}
          error={form.problem('host')}
          placeholder="mgr-fra-1.ops.example"
          startsFocused={startsFocused}
          maxLength={255}
        />
      }
    />
  );
}

function optionOf(known: SshConfigHost) {
  const { alias, host, port, user } = known;
  return {
    id: alias,
    label: alias,
    value: host,
    detail: user === null ? host : hopWords({ user, host, port }),
  };
}

/** The machines before the manager, nearest to this workstation first. */
export function JumpFields({ form }: { readonly form: ConnectionForm }) {
  const { draft } = form;
  const set = (jumps: readonly JumpDraft[]) => form.change({ jumps }, 'jumps');
  return (
    <>
      {draft.jumps.length > 0 && (
        <ol className={styles.jumps}>
          {draft.jumps.map((jump, place) => (
            <li key={jump.id}>
              <JumpItem form={form} jump={jump} place={place} onJumps={set} />
            </li>
          ))}
        </ol>
      )}
      {form.problem('jumps') && <p className={styles.error}>{form.problem('jumps')}</p>}
      <div>
        <Button
          size="small"
          icon="plus"
          onPress={() => form.change({ jumps: withNewJump(draft).jumps }, 'jumps')}
        >
          Add a jump host
        </Button>
      </div>
    </>
  );
}

interface JumpItemProps {
  readonly form: ConnectionForm;
  readonly jump: JumpDraft;
  readonly place: number;
  readonly onJumps: (jumps: readonly JumpDraft[]) => void;
}

function JumpItem({ form, jump, place, onJumps }: JumpItemProps) {
  const { jumps } = form.draft;
  const name = `jump host ${place + 1}`;
  const change = (part: Partial<HopDraft>, ...fields: readonly HopField[]) =>
    form.change(
      { jumps: jumps.map((other) => (other === jump ? { ...other, ...part } : other)) },
      'jumps',
      ...fields.map((field) => hopKey(place, field)),
    );
  return (
    <fieldset className={styles.jump}>
      <legend className={styles.legend}>
        <Icon name="go" size="small" />
        Jump host {place + 1}
      </legend>
      <div className={styles.jumpActions}>
        {place > 0 && (
          <Button
            kind="plain"
            size="small"
            icon="up"
            aria-label={`Move ${name} up`}
            onPress={() => onJumps(movedUp(jumps, place))}
          />
        )}
        {place < jumps.length - 1 && (
          <Button
            kind="plain"
            size="small"
            icon="down"
            aria-label={`Move ${name} down`}
            onPress={() => onJumps(movedUp(jumps, place + 1))}
          />
        )}
        <Button
          kind="plain"
          size="small"
          icon="close"
          aria-label={`Remove ${name}`}
          onPress={() => onJumps(jumps.filter((other) => other !== jump))}
        />
      </div>
      <HopFields
        form={form}
        hop={jump}
        place={place}
        onChange={change}
        hostField={
          <Field
            label="Host"
            value={jump.host}
            onChange={(host) => change({ host }, 'host')}
            error={form.problem(hopKey(place, 'host'))}
            maxLength={255}
          />
        }
      />
    </fieldset>
  );
}

function movedUp(jumps: readonly JumpDraft[], place: number): readonly JumpDraft[] {
  const [above, moved] = [jumps[place - 1], jumps[place]];
  if (!above || !moved) return jumps;
  return jumps.map((jump) => (jump === above ? moved : jump === moved ? above : jump));
}
