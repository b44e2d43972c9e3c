import { StrictMode } from 'react';
import { createRoot } from 'react-dom/client';
import '../ui/tokens.css';
import '../ui/base.css';
import { appearance } from './appearance.ts';
import { BackendProvider } from './backend-context.tsx';
import type { Backend } from './client.ts';
import { ErrorBoundary } from './error-boundary.tsx';
import { Root } from './root.tsx';
import { StatusFeed } from './status-feed.ts';

/** Draws the window into `element`, fed by whoever stands behind `backend`. */
export function mountWindow(element: HTMLElement | null, backend: Backend): void {
  if (!element) throw new Error('The page has no element to draw the window into.');
  appearance.apply();
  const reach = { ...backend, feed: new StatusFeed(backend.client, backend.connection) };
  createRoot(element).render(
    <StrictMode>
      <ErrorBoundary>
        <BackendProvider reach={reach}>
          <Root />
        </BackendProvider>
      </ErrorBoundary>
    </StrictMode>,
  );
}
