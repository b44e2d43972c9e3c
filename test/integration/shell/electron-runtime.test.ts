import { chmodSync, mkdirSync, utimesSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { findElectron } from '../../../src-main/shell/electron-runtime.ts';
import { temporaryFolder } from './window-folder.ts';

/** An electron package whose installer is this script. */
function anElectronPackage(installer: string): string {
  const folder = temporaryFolder();
  writeFileSync(join(folder, 'install.js'), installer);
  return folder;
}

const INSTALLS = `
  const fs = require('node:fs'), path = require('node:path');
  fs.mkdirSync(path.join(__dirname, 'dist'));
  fs.writeFileSync(path.join(__dirname, 'dist/electron'), '');
  fs.writeFileSync(path.join(__dirname, 'path.txt'), 'electron');
`;
const HANGS = 'setInterval(() => {}, 1000)';

test('a runtime that is there is used as it is', async () => {
  const folder = anElectronPackage('throw new Error("not needed")');
  mkdirSync(join(folder, 'dist'));
  writeFileSync(join(folder, 'dist/electron'), '');
  chmodSync(join(folder, 'dist/electron'), 0o755);
  writeFileSync(join(folder, 'path.txt'), 'electron');
  expect(await findElectron(folder)).toEqual({ kind: 'here', program: join(folder, 'dist/electron') });
});

test('a runtime that can be fetched is fetched', async () => {
  const folder = anElectronPackage(INSTALLS);
  expect(await findElectron(folder)).toEqual({ kind: 'here', program: join(folder, 'dist/electron') });
});

test('a download that does not answer is given up', async () => {
  const folder = anElectronPackage(HANGS);
  expect(await findElectron(folder, 300)).toEqual({ kind: 'absent', reason: 'the download does not answer' });
});

test('a slow download is waited for while bytes arrive', async () => {
  const folder = anElectronPackage(`
    const part = require('node:os').tmpdir() + '/part';
    let chunks = 0;
    const timer = setInterval(() => {
      require('node:fs').appendFileSync(part, 'x');
      if (++chunks === 20) {
        clearInterval(timer);
        ${INSTALLS}
      }
    }, 100);
  `);
  expect(await findElectron(folder, 1500)).toMatchObject({ kind: 'here' });
});

test('a failed download is not tried again for a day', async () => {
  const folder = anElectronPackage('process.exit(1)');
  expect(await findElectron(folder)).toEqual({ kind: 'absent', reason: 'its download failed' });

  writeFileSync(join(folder, 'install.js'), INSTALLS);
  expect(await findElectron(folder)).toMatchObject({
    kind: 'absent',
    reason: expect.stringContaining('tomorrow'),
  });

  const dayAgo = new Date(Date.now() - 86_400_001);
  utimesSync(join(folder, 'no-runtime'), dayAgo, dayAgo);
  expect(await findElectron(folder)).toMatchObject({ kind: 'here' });
});

test('a checkout without the electron package has no runtime', async () => {
  expect(await findElectron(null)).toEqual({ kind: 'absent', reason: 'it is not installed' });
});
