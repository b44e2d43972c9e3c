import { describe, expect, it } from 'vitest';
import {
  promptInstructions,
  promptLabel,
  promptTitle,
} from '../../../../../src-renderer/app/connections/prompt-words.ts';

describe('what a server says while it asks', () => {
  it('keeps its lines, and shows what would not be seen', () => {
    expect(promptInstructions('first\r\nsecond\u0007\u202Eback')).toBe('first\nsecond␇⟨RLO⟩back');
  });

  it('is cut where it would fill the screen', () => {
    expect(promptInstructions('x'.repeat(100_000)).length).toBeLessThanOrEqual(1000);
    expect(promptTitle('x'.repeat(5000)).length).toBeLessThanOrEqual(120);
    expect(promptLabel('x'.repeat(5000), 0).length).toBeLessThanOrEqual(160);
  });

  it('names its fields without the colon of a terminal', () => {
    expect(promptLabel('Password: ', 0)).toBe('Password');
    expect(promptLabel('   ', 1)).toBe('Answer 2');
  });
});
