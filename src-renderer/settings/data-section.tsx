import type { Settings } from '../../src-shared/ipc/settings.ts';
import { visibleText } from '../../src-shared/formats/visible-text.ts';
import { useStatus } from '../app/backend-context.tsx';
import { Button } from '../ui/button.tsx';
import { ButtonRow } from '../ui/button-row.tsx';
import { CopyButton } from '../ui/copy-button.tsx';
import { ErrorNotice } from '../ui/error-notice.tsx';
import { formatBytes } from '../ui/format.ts';
import { Mark } from '../ui/mark.tsx';
import styles from './data-section.module.css';
import { Facts } from './facts.tsx';
import { SettingGroup } from './setting-group.tsx';
import { useBackUp } from './use-back-up.ts';

/** Where everything is stored, and a copy of it. */
export function DataSection({ settings }: { readonly settings: Settings }) {
  const { app } = useStatus();
  const { store } = settings;
  return (
    <>
      <SettingGroup
        title="Data folder"
        lead={
          app.isLab
            ? 'This is the lab: its data never mixes with a real deployment’s.'
            : 'Everything that Verdict Desk knows is in this folder, on this computer.'
        }
      >
        <Facts
          facts={[
            pathFact('Folder', app.dataFolder),
            { ...pathFact('Store', store.path), value: <StoreWords settings={settings} /> },
            pathFact('integration.log', store.integrationLog),
          ]}
        />
      </SettingGroup>
      <BackUpGroup />
      <SettingGroup title="About">
        <Facts
          facts={[
            { name: 'Version', value: app.version },
            { name: 'Window', value: app.face === 'desktop' ? 'Desktop' : 'Browser, on this computer only' },
            { name: 'System', value: app.platform },
            { name: 'VirusTotal', value: <code>{visibleText(app.virustotalUrl)}</code> },
          ]}
        />
      </SettingGroup>
    </>
  );
}

function pathFact(name: string, path: string) {
  return { name, value: <code>{visibleText(path)}</code>, end: <CopyButton text={path} what={name} /> };
}

function StoreWords({ settings }: { readonly settings: Settings }) {
  return (
    <>
      <code>{visibleText(settings.store.path)}</code>{' '}
      <span className={styles.size}>{formatBytes(settings.store.sizeBytes)}</span>
    </>
  );
}

function BackUpGroup() {
  const backUp = useBackUp();
  return (
    <SettingGroup
      title="Back-up"
      lead="A consistent copy of the store, made while everything goes on. Keys are not part of it."
    >
      <ButtonRow>
        <Button icon="save" onPress={backUp.run} isPending={backUp.isRunning}>
          Back up now
        </Button>
        <output className={styles.done}>
          {backUp.isRunning && 'Copying the store'}
          {backUp.made && (
            <>
              <Mark name="clean" />
              <span>
                {formatBytes(backUp.made.sizeBytes)} in <code>{visibleText(backUp.made.path)}</code>
              </span>
            </>
          )}
        </output>
      </ButtonRow>
      {backUp.error && <ErrorNotice error={backUp.error} />}
    </SettingGroup>
  );
}
