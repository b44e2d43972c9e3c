import { openBackend, transportFor } from './app/client.ts';
import { mountWindow } from './app/mount.tsx';

mountWindow(document.getElementById('root'), openBackend(transportFor(window.location)));
