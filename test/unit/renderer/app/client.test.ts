import { expect, test } from 'vitest';
import { socketAddress } from '../../../../src-renderer/app/client.ts';

test('the window dials beside its own page, wherever in it it is', () => {
  expect(socketAddress('http://127.0.0.1:4321/aPlace/#/detections?view=everything')).toBe(
    'ws://127.0.0.1:4321/aPlace/rpc',
  );
  expect(socketAddress('https://desk.example/')).toBe('wss://desk.example/rpc');
});
