import { useState } from 'react';
import type { Exclusion } from '../../src-shared/domain/exclusion.ts';
import type { Settings } from '../../src-shared/ipc/settings.ts';
import { visibleText } from '../../src-shared/formats/visible-text.ts';
import { useCommand } from '../app/use-command.ts';
import { announce } from '../ui/announce.ts';
import { Button } from '../ui/button.tsx';
import { Count } from '../ui/count.tsx';
import { ErrorNotice } from '../ui/error-notice.tsx';
import { Time } from '../ui/time.tsx';
import { TextButton } from '../ui/text-button.tsx';
import { VisuallyHidden } from '../ui/visually-hidden.tsx';
import { ExclusionForm } from './exclusion-form.tsx';
import { EFFECT_NAMES, KIND_NAMES } from './exclusion-words.ts';
import styles from './exclusions-section.module.css';
import { SettingGroup } from './setting-group.tsx';

type Rule = Settings['exclusions'][number];

/** What is never asked about, by the user's own rules. */
export function ExclusionsSection({ settings }: { readonly settings: Settings }) {
  return (
    <>
      <SettingGroup
        title="Add a rule"
        lead="Mute is for known noise. Exclude is for privacy: the hash never leaves this computer. An excluding rule wins over a muting one."
      >
        <ExclusionForm rules={settings.exclusions} />
      </SettingGroup>
      <SettingGroup title="Rules">
        <RuleTable rules={settings.exclusions} />
      </SettingGroup>
    </>
  );
}

function RuleTable({ rules }: { readonly rules: readonly Rule[] }) {
  const { removed, remove, undo } = useRemoval();
  return (
    <>
      {rules.length === 0 ? (
        <p className={styles.none}>No rules. Every file that can be looked up is.</p>
      ) : (
        <table className={styles.table}>
          <thead>
            <tr>
              <th scope="col" className={styles.effect}>
                Effect
              </th>
              <th scope="col" className={styles.kind}>
                Covers
              </th>
              <th scope="col">Pattern</th>
              <th scope="col" className={styles.number}>
                Events
              </th>
              <th scope="col" className={styles.added}>
                Added
              </th>
              <th scope="col" className={styles.act}>
                <VisuallyHidden>Remove</VisuallyHidden>
              </th>
            </tr>
          </thead>
          <tbody>
            {rules.map((rule) => (
              <RuleRow key={rule.id} rule={rule} onRemove={() => void remove.run(rule)} />
            ))}
          </tbody>
        </table>
      )}
      <output className={styles.undo}>
        {removed && (
          <>
            Removed <code>{visibleText(removed.pattern)}</code>. Its events count anew.{' '}
            <TextButton onPress={() => void undo.run(removed)} isPending={undo.isRunning}>
              Undo
            </TextButton>
          </>
        )}
      </output>
      {(remove.error ?? undo.error) && <Failure error={remove.error ?? undo.error} />}
    </>
  );
}

function Failure({ error }: { readonly error: Parameters<typeof ErrorNotice>[0]['error'] | null }) {
  return error && <ErrorNotice error={error} />;
}

function RuleRow({ rule, onRemove }: { readonly rule: Rule; readonly onRemove: () => void }) {
  const pattern = visibleText(rule.pattern);
  return (
    <tr>
      <td>{EFFECT_NAMES[rule.effect]}</td>
      <td className={styles.soft}>{KIND_NAMES[rule.kind]}</td>
      <td>
        <code title={pattern}>{pattern}</code>
      </td>
      <td className={styles.number}>
        <Count value={rule.events} />
      </td>
      <td className={styles.added}>
        <Time at={rule.createdAt} />
      </td>
      <td className={styles.act}>
        <Button
          kind="plain"
          size="small"
          icon="close"
          aria-label={`Remove the rule ${pattern}`}
          onPress={onRemove}
        />
      </td>
    </tr>
  );
}

/** Removing takes effect at once; the rule just removed can be put back. */
function useRemoval() {
  const [removed, setRemoved] = useState<Exclusion | null>(null);
  const remove = useCommand(async (client, rule: Exclusion) => {
    await client.settings.removeExclusion({ id: rule.id });
    setRemoved(rule);
    announce(`Removed ${visibleText(rule.pattern)}`);
  });
  const undo = useCommand(async (client, { effect, kind, pattern }: Exclusion) => {
    await client.settings.addExclusion({ effect, kind, pattern });
    setRemoved(null);
    announce(`${visibleText(pattern)} is a rule again`);
  });
  return { removed, remove, undo };
}
