import { useEffect, useState } from 'react';
import { UNSAFE_PortalProvider } from 'react-aria/PortalProvider';
import { LiveRegions } from '../ui/live-regions.tsx';
import { WelcomeScreen } from '../welcome/welcome-screen.tsx';
import { useStatus } from './backend-context.tsx';
import { ConnectionNotice } from './connection-notice.tsx';
import { NeedDialog } from './connections/need-dialog.tsx';
import { OpenNeedContext } from './connections/open-need.tsx';
import { DropTarget } from './drop-target.tsx';
import { ErrorBoundary } from './error-boundary.tsx';
import { NoticeStack } from './notice-stack.tsx';
import { ReportFailureContext, useFailures } from './report-failure.tsx';
import { Navigation } from './navigation.tsx';
import { OpenDialogContext, type DialogName } from './open-dialog.tsx';
import { Palette } from './palette.tsx';
import { PLACE_NAMES } from './routes.ts';
import { Screen } from './screen.tsx';
import { AddFileDialog } from './sources/add-file-dialog.tsx';
import { UploadsProvider } from './sources/uploads.tsx';
import { StatusBar } from './status-bar.tsx';
import { TitleArea } from './title-area.tsx';
import { useGlobalKeys } from './use-global-keys.ts';
import { useRoute } from './use-route.ts';
import styles from './desk.module.css';

/** The frame with what floats above it, and what every part of it can reach. */
export function Desk() {
  const [dialog, openDialog] = useState<DialogName | null>(null);
  const [need, openNeed] = useState<string | null>(null);
  const { failures, report, dismiss } = useFailures();
  useGlobalKeys(openDialog);
  const close = () => openDialog(null);
  return (
    <OpenDialogContext value={openDialog}>
      <ReportFailureContext value={report}>
        <UNSAFE_PortalProvider getContainer={overlays}>
          <OpenNeedContext value={openNeed}>
            <UploadsProvider>
              <Frame onSearch={() => openDialog('palette')} />
              <NoticeStack failures={failures} onDismiss={dismiss} />
              <DropTarget />
              <AddFileDialog isOpen={dialog === 'add-alert-file'} onClose={close} />
              <NeedDialog needKey={need} onClose={() => openNeed(null)} />
              <Palette isOpen={dialog === 'palette'} onClose={close} />
              <LiveRegions />
              <section id={OVERLAYS} className={styles.overlays} aria-label="Menus and dialogs" />
            </UploadsProvider>
          </OpenNeedContext>
        </UNSAFE_PortalProvider>
      </ReportFailureContext>
    </OpenDialogContext>
  );
}

/** What floats stands in a landmark of its own, which is gone while it is empty. */
const OVERLAYS = 'overlays';
const overlays = () => document.getElementById(OVERLAYS);

/** Title area, navigation, the sheet the work lies on, status bar. */
function Frame({ onSearch }: { readonly onSearch: () => void }) {
  const { app } = useStatus();
  const isFirstRun = app.isFirstRun && !app.isLab;
  return (
    <>
      <a className={styles.skip} href="#sheet" onClick={focusSheet}>
        Skip to the content
      </a>
      <div className={isFirstRun ? styles.bare : styles.window}>
        <TitleArea isLab={app.isLab} onSearch={isFirstRun ? undefined : onSearch} />
        {!isFirstRun && <Navigation />}
        <Sheet isFirstRun={isFirstRun} />
        <StatusBar isFirstRun={isFirstRun} />
      </div>
    </>
  );
}

function Sheet({ isFirstRun }: { readonly isFirstRun: boolean }) {
  const { place } = useRoute();
  const title = isFirstRun ? 'Welcome' : PLACE_NAMES[place];
  useEffect(() => {
    document.title = `${title} · Verdict Desk`;
  }, [title]);
  return (
    <main id="sheet" tabIndex={-1} className={styles.sheet}>
      <ConnectionNotice />
      <ErrorBoundary resetKey={place}>
        {isFirstRun ? <WelcomeScreen /> : <Screen place={place} />}
      </ErrorBoundary>
    </main>
  );
}

/** The address is taken by the routes, so the skip link moves the focus itself. */
function focusSheet(event: { preventDefault: () => void }): void {
  event.preventDefault();
  document.getElementById('sheet')?.focus();
}
