import { describe, expect, it } from 'vitest';
import { DEFAULT_APPEARANCE, parseAppearance } from '../../../../src-renderer/app/appearance.ts';

describe('the kept appearance', () => {
  it('is read back as it was kept', () => {
    const kept = { theme: 'dark', density: 'roomy', singleKeys: false };
    expect(parseAppearance(JSON.stringify(kept))).toEqual(kept);
  });

  it.each([null, '', '{', '[]', 'null', '7', '{"theme":"pink","density":3,"singleKeys":"no"}'])(
    'falls back to the default when it is %j',
    (text) => {
      expect(parseAppearance(text)).toEqual(DEFAULT_APPEARANCE);
    },
  );
});
