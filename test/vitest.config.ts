import { availableParallelism } from 'node:os';
import { fileURLToPath } from 'node:url';
import { defineConfig } from 'vitest/config';

const here = (path: string): string => fileURLToPath(new URL(path, import.meta.url));

/** Two projects: `unit` is pure and fast; `integration` starts real parts (SQLite, sockets, child processes). */
export default defineConfig({
  test: {
    root: here('..'),
    // Most of the time a test waits for a socket or a process: two at once, also where there are two processors only.
    maxWorkers: Math.max(2, availableParallelism() - 1),
    // A shared CI machine stops for seconds at times. What passes only the second time is listed by name (build/test.mjs).
    retry: process.env['CI'] === undefined ? 0 : 1,
    projects: [
      {
        test: {
          name: 'unit',
          setupFiles: ['test/property-seed.ts'],
          include: ['test/unit/**/*.test.{ts,tsx}'],
          // Fast by themselves; a busy machine may take its time.
          testTimeout: 60_000,
        },
      },
      {
        // Electron's runtime is not everywhere, and no test needs its pixels.
        resolve: { alias: { electron: here('integration/shell/electron-stand-in.ts') } },
        test: {
          name: 'integration',
          setupFiles: ['test/property-seed.ts'],
          include: ['test/integration/**/*.test.ts'],
          testTimeout: 60_000,
          hookTimeout: 60_000,
          // One second, the default, is not enough on a busy machine.
          expect: { poll: { timeout: 20_000 } },
        },
      },
    ],
  },
});
