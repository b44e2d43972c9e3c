import { useEffect, useState } from 'react';
import { UNSAFE_PortalProvider } from 'react-aria/PortalProvider';
import { LiveRegions } from '../ui/live-regions.tsx';
import { WelcomeScreen } from '../welcome/welcome-screen.tsx';
import { useStatus } from './backend-context.tsx';
import { ConnectionNotice } from './connection-notice.tsx';
import { DropTarget } from './drop-target.tsx';
import { ErrorBoundary } from './error-boundary.tsx';
import { FlipNotices } from './flip-notices.tsx';
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

/** The frame: title area, navigation, the sheet the work lies on, status bar; and what floats above them. */
export function Desk() {
  const { app } = useStatus();
  const [dialog, openDialog] = useState<DialogName | null>(null);
  const isFirstRun = app.isFirstRun && !app.isLab;
  useGlobalKeys(openDialog);
  const close = () => openDialog(null);
  return (
    <OpenDialogContext value={openDialog}>
      <UNSAFE_PortalProvider getContainer={overlays}>
        <UploadsProvider>
          <a className={styles.skip} href="#sheet" onClick={focusSheet}>
            Skip to the content
          </a>
          <div className={isFirstRun ? styles.bare : styles.window}>
            <TitleArea isLab={app.isLab} onSearch={isFirstRun ? undefined : () => openDialog('palette')} />
            {!isFirstRun && <Navigation />}
            <Sheet isFirstRun={isFirstRun} />
            <StatusBar isFirstRun={isFirstRun} />
          </div>
          <FlipNotices />
          <DropTarget />
          <AddFileDialog isOpen={dialog === 'add-alert-file'} onClose={close} />
          <Palette isOpen={dialog === 'palette'} onClose={close} />
          <LiveRegions />
          <section id={OVERLAYS} className={styles.overlays} aria-label="Menus and dialogs" />
        </UploadsProvider>
      </UNSAFE_PortalProvider>
    </OpenDialogContext>
  );
}

/** What floats stands in a landmark of its own, which is gone while it is empty. */
const OVERLAYS = 'overlays';
const overlays = () => document.getElementById(OVERLAYS);

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
