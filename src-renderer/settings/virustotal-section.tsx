import { useState } from 'react';
import type { Settings } from '../../src-shared/ipc/settings.ts';
import { SecretPlace } from '../app/secrets/secret-place.tsx';
import { AllowanceMeters } from './allowance-meters.tsx';
import { KeyForm } from './key-form.tsx';
import { KeyState } from './key-state.tsx';
import { SettingGroup } from './setting-group.tsx';

/** The key, what it allows, and where it is kept. */
export function VirusTotalSection({ settings }: { readonly settings: Settings }) {
  const { key, secrets } = settings;
  const [isReplacing, setReplacing] = useState(false);
  const isFromOutside = secrets.backend === 'environment';
  const isEntering = !isFromOutside && (!key.isStored || isReplacing);
  return (
    <>
      <SettingGroup title="VirusTotal key" lead={leadOf(settings)}>
        {key.isStored && (
          <KeyState
            keyStatus={key}
            canChange={!isFromOutside}
            isReplacing={isReplacing}
            onReplace={() => setReplacing(true)}
          />
        )}
        {isEntering && (
          <KeyForm
            secrets={secrets}
            isReplacing={key.isStored}
            onDone={() => setReplacing(false)}
            onCancel={key.isStored ? () => setReplacing(false) : null}
          />
        )}
      </SettingGroup>
      <SettingGroup title="Where the key is kept">
        <SecretPlace secrets={secrets} />
      </SettingGroup>
      {key.isStored && (
        <SettingGroup title="Allowance" lead={allowanceLead(key.isPublic)}>
          <AllowanceMeters quota={key.quota} />
        </SettingGroup>
      )}
    </>
  );
}

function leadOf({ key }: Settings): string {
  return key.isStored
    ? 'Every distinct hash is asked about once with this key, within what it allows.'
    : 'Without a key nothing is asked: files wait in the queue, and nothing is lost. A key comes with a free account at virustotal.com, under API key.';
}

function allowanceLead(isPublic: boolean | null): string {
  if (isPublic === null) {
    return 'What the key allows is learned from VirusTotal. Until it tells, the public allowance is kept to.';
  }
  return isPublic
    ? 'This is the public allowance: not for commercial use.'
    : 'This key has an allowance of its own, learned from VirusTotal.';
}
