import { expect, test } from 'vitest';
import { placeWindow } from '../../../../src-main/shell/desktop/window-state.ts';

const left = { x: 0, y: 25, width: 1440, height: 875 };
const right = { x: 1440, y: 0, width: 2560, height: 1400 };
const stateAt = (x: number, y: number, width = 1200, height = 700) => ({
  bounds: { x, y, width, height },
  isMaximised: false,
});

test('a first start is centred at the usual size', () => {
  expect(placeWindow(null, [left])).toEqual({ width: 1360, height: 860 });
});

test('a window on either screen comes back to it', () => {
  expect(placeWindow(stateAt(100, 50), [left, right])).toEqual({ x: 100, y: 50, width: 1200, height: 700 });
  expect(placeWindow(stateAt(2000, 300), [left, right])).toEqual({
    x: 2000,
    y: 300,
    width: 1200,
    height: 700,
  });
});

test('a window half off the edge keeps its place while a hand can reach its title', () => {
  expect(placeWindow(stateAt(1300, 50), [left])).toMatchObject({ x: 1300 });
  expect(placeWindow(stateAt(1400, 50), [left])).toEqual({ width: 1200, height: 700 });
});

test('a title above or below every screen is brought back', () => {
  expect(placeWindow(stateAt(100, -500), [left])).not.toHaveProperty('y');
  expect(placeWindow(stateAt(100, 890), [left])).not.toHaveProperty('y');
  expect(placeWindow(stateAt(100, 10), [left])).toMatchObject({ y: 25 });
});

test('a window never opens larger than its screen, nor smaller than it works', () => {
  expect(placeWindow(stateAt(1500, 10, 9000, 9000), [left, right])).toMatchObject({
    width: 2560,
    height: 1400,
  });
  expect(placeWindow(stateAt(100, 50, 200, 100), [left])).toMatchObject({ width: 900, height: 600 });
});
