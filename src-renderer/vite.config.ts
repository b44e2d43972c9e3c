import react from '@vitejs/plugin-react';
import { defineConfig } from 'vite';

/** The window: plain files with relative addresses, the same for the desktop scheme and the browser face. */
export default defineConfig({
  root: import.meta.dirname,
  base: './',
  plugins: [react()],
  build: {
    outDir: '../build/out/renderer',
    emptyOutDir: true,
    // light-dark() and scroll-driven fading as they are; older browsers do without the fading.
    target: ['chrome123', 'firefox120', 'safari17.5'],
    // The content policy knows no data: addresses.
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
  },
});
