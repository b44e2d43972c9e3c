import { describe, expect, test } from 'vitest';
import { visibleLines, visibleText } from '../../../src-shared/formats/visible-text.ts';

describe('visible text', () => {
  test('ordinary paths stay as they are, in any script', () => {
    for (const path of [
      '/srv/upload/invoice_2291.exe',
      'C:\\Users\\Jörg\\Über uns.docx',
      '/home/用户/報告.pdf',
      '/data/تقرير.pdf',
    ]) {
      expect(visibleText(path)).toBe(path);
    }
  });

  test('a right-to-left override cannot disguise an ending', () => {
    expect(visibleText('invoice\u202Efdp.exe')).toBe('invoice⟨RLO⟩fdp.exe');
  });

  test('control characters become their pictures', () => {
    expect(visibleText('a\nb\tc\0d\u001B[31m\u007F')).toBe('a␊b␉c␀d␛[31m␡');
  });

  test('zero-width and unnamed format characters are shown by name or code point', () => {
    expect(visibleText('pay\u200Bpal\uFEFF\u{E0041}')).toBe('pay⟨ZWSP⟩pal⟨BOM⟩⟨U+E0041⟩');
  });

  test('C1 controls and blank letters do not hide', () => {
    expect(visibleText('a\u0085b\u3164c')).toBe('a⟨U+0085⟩b⟨U+3164⟩c');
  });

  test('a lone surrogate becomes the replacement character', () => {
    expect(visibleText('a\uD800b')).toBe('a\uFFFDb');
  });

  test('characters outside the basic plane stay whole', () => {
    expect(visibleText('😀.txt')).toBe('😀.txt');
  });

  test('an excerpt keeps its lines and tabs but nothing else', () => {
    expect(visibleLines('one\n\ttwo\r\u202E')).toBe('one\n\ttwo␍⟨RLO⟩');
  });
});
