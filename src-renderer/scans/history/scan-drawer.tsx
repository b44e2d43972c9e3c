import type { Ref } from 'react';
import { useQuery } from '../../app/use-query.ts';
import { DrawerSteps } from '../../ui/drawer-head.tsx';
import { Drawer } from '../../ui/drawer.tsx';
import { ErrorNotice } from '../../ui/error-notice.tsx';
import { Notice } from '../../ui/notice.tsx';
import { SkeletonRows } from '../../ui/skeleton.tsx';
import { scanTitle } from '../../app/scans/scan-words.ts';
import { ScanEvidence } from '../evidence/scan-evidence.tsx';
import styles from './scan-drawer.module.css';

interface ScanDrawerProps {
  readonly scanId: number;
  readonly onKey: (event: KeyboardEvent) => void;
  readonly onClose: () => void;
  readonly onStep: ((by: 1 | -1) => void) | null;
  readonly ref: Ref<HTMLElement>;
}

/** The evidence of one scan beside the list. */
export function ScanDrawer({ ref, scanId, onKey, onClose, onStep }: ScanDrawerProps) {
  const query = useQuery((client, signal) => client.scans.get({ scanId }, { signal }), [scanId]);
  const detail = query.isPrevious ? undefined : query.data;
  return (
    <Drawer
      ref={ref}
      label={detail ? `Evidence: ${scanTitle(detail.row)}` : 'Evidence'}
      onClose={onClose}
      onKey={onKey}
      head={
        <div className={styles.bar}>
          <span className={styles.word}>Evidence</span>
          <DrawerSteps noun="scan" onStep={onStep} onClose={onClose} />
        </div>
      }
    >
      <div className={styles.evidence}>
        {query.error && <ErrorNotice error={query.error} />}
        {detail && <ScanEvidence key={scanId} detail={detail} />}
        {detail === null && (
          <Notice tone="plain" title="There is no such scan here">
            The address may come from another data folder.
          </Notice>
        )}
        {detail === undefined && query.isSlow && <SkeletonRows rows={6} label="Reading what was seen" />}
      </div>
    </Drawer>
  );
}
