import { ipcRenderer } from 'electron';
import { CONNECT_CHANNEL, PORT_CHANNEL } from './bridge-channels.ts';

/** The page's window as far as it is needed here; this project knows no DOM. */
declare const window: {
  readonly location: { readonly origin: string };
  addEventListener: (event: 'DOMContentLoaded', listener: () => void, options: { once: true }) => void;
  postMessage: (message: string, targetOrigin: string, transfer: readonly unknown[]) => void;
};

// A port cannot cross the context bridge, so it is passed on as a message; that is all a preload may do here. The page
// listens once its scripts have run, which is before DOMContentLoaded.
ipcRenderer.on(PORT_CHANNEL, (event) => {
  window.postMessage(PORT_CHANNEL, window.location.origin, event.ports);
});
window.addEventListener('DOMContentLoaded', () => ipcRenderer.send(CONNECT_CHANNEL), { once: true });
