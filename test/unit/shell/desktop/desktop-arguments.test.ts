import { expect, test } from 'vitest';
import {
  desktopArguments,
  parseDesktopArguments,
} from '../../../../src-main/shell/desktop/desktop-arguments.ts';
import { defaultDataFolder } from '../../../../src-main/app/data-folder.ts';

test('what the command line asks for arrives in the window', () => {
  const options = { dataFolder: '/data/with space', lab: { seed: 7, speed: 2 }, port: 4100 };
  expect(parseDesktopArguments(['/app', ...desktopArguments(options)])).toEqual(options);
});

test('a start from an icon works on the real data folder, without a browser face', () => {
  expect(parseDesktopArguments([])).toEqual({ dataFolder: defaultDataFolder(false), lab: null, port: null });
});

test('a start from a terminal without a port leaves the choice to the face', () => {
  expect(parseDesktopArguments(desktopArguments({ dataFolder: '/data', lab: null, port: null })).port).toBe(
    0,
  );
});

test('arguments of Chromium and of the system are passed over, and nonsense is no number', () => {
  expect(
    parseDesktopArguments(['--no-sandbox', '-psn_0_1', '--lab', '--lab-seed=x', '--port=-4']),
  ).toMatchObject({
    lab: { seed: 1, speed: 1 },
    port: 0,
  });
});
