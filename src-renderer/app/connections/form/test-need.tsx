import type { ReactNode } from 'react';
import type { ConnectionNeed } from '../../../../src-shared/ipc/connections.ts';
import { Button } from '../../../ui/button.tsx';
import { Notice } from '../../../ui/notice.tsx';
import { Print } from '../../../ui/print.tsx';
import { visibleText } from '../../../../src-shared/formats/visible-text.ts';
import { CompareCertificate } from '../compare-certificate.tsx';
import { CompareHostKey } from '../compare-host-key.tsx';
import { machineOf } from '../needs.ts';
import { certificatePrint, keyTypeName } from '../trust-words.ts';
import styles from './test-evidence.module.css';
import type { ConnectionForm } from './use-connection-form.ts';

/** What a test found that only a person can decide. Accepted here, it is pinned once the connection is saved. */
export function TestNeed({ form, need }: { readonly form: ConnectionForm; readonly need: ConnectionNeed }) {
  switch (need.kind) {
    case 'host-key-unknown':
      return (
        <Question
          title={`Is this ${machineOf(need.offered)}’s key?`}
          verb={form.isTestedFirst ? 'It is the same key, connect' : 'I compared it, accept'}
          isMain={form.isTestedFirst}
          onAccept={() => form.acceptHostKey(need.offered)}
        >
          <CompareHostKey offered={need.offered} />
        </Question>
      );
    case 'certificate-unknown':
      return (
        <Question
          title={`Is this the certificate of ${machineOf(need.offered)}?`}
          verb={form.isTestedFirst ? 'It is the same certificate, connect' : 'I compared it, accept'}
          isMain={form.isTestedFirst}
          onAccept={() => form.acceptCertificate(need.offered)}
        >
          <CompareCertificate offered={need.offered} />
        </Question>
      );
    case 'host-key-changed':
      return (
        <div className={styles.question}>
          <p className={styles.message}>Expected:</p>
          {need.known.map(({ keyType, fingerprint }) => (
            <Print
              key={fingerprint}
              kind={visibleText(keyTypeName(keyType))}
              value={visibleText(fingerprint)}
            />
          ))}
          <p className={styles.message}>Shown now:</p>
          <CompareHostKey offered={need.offered} />
        </div>
      );
    case 'certificate-changed':
      return (
        <div className={styles.question}>
          <p className={styles.message}>Accepted before:</p>
          <Print kind="SHA-256" value={certificatePrint(need.knownFingerprint)} />
          <p className={styles.message}>Shown now:</p>
          <CompareCertificate offered={need.offered} />
        </div>
      );
    case 'prompt':
    case 'secret':
      return null;
  }
}

interface QuestionProps {
  readonly title: string;
  readonly verb: string;
  /** It is what the form waits for: its main button. */
  readonly isMain: boolean;
  readonly onAccept: () => void;
  readonly children: ReactNode;
}

function Question({ title, verb, isMain, onAccept, children }: QuestionProps) {
  return (
    <div className={styles.question}>
      <Notice
        tone="plain"
        icon="key"
        title={title}
        actions={
          <Button size="small" kind={isMain ? 'primary' : 'standard'} onPress={onAccept}>
            {verb}
          </Button>
        }
      >
        {children}
      </Notice>
    </div>
  );
}
