// AssemblyScript. One pass over the bytes of alerts.json with 16-byte vectors: finds the newlines and tells apart the
// lines that must be decoded. Compiled into src-main/alerts/line-scan-module.ts by compile.mjs, which see.
//
// The memory, laid out by line-scan.ts: the constants below, the fields of one alert, two counters, then pairs of
// positions (start and end of a line to be looked at), then the bytes to scan. Positions are addresses, unsigned 32 bit,
// little endian.

export { usualFim } from './usual-fim';

/** Longer lines are to be looked at, whatever they hold. */
const LONGEST: usize = 1048576;

// Bytes of text as little-endian numbers.
const TIMESTAMP_HEAD: u64 = 0x74_73_65_6d_69_74_22_7b; // {"timest
const TIMESTAMP_TAIL: u64 = 0x22_3a_22_70_6d_61_74_73; // stamp":"
const RULE: u64 = 0x7b_3a_22_65_6c_75_72_22; // "rule":{
const SYSCHECK_HEAD: u64 = 0x63_65_68_63_73_79_73_22; // "syschec
const SYSCHECK_TAIL: u16 = 0x22_6b; // k"
const VIRUSTOTAL_HEAD: u64 = 0x6f_74_73_75_72_69_76_22; // "virusto
const VIRUSTOTAL_TAIL: u32 = 0x22_6c_61_74; // tal"
const AR_LOG: u64 = 0x67_6f_6c_5f_72_61_22; // "ar_log
const KES: u64 = 0x5f_73_65_6b_22; // "kes_

/** Read once into registers: V8 builds vector constants anew at every use, which took twice the time. */
const VECTORS = memory.data<u8>([
  0x22, 0x22, 0x22, 0x22, 0x22, 0x22, 0x22, 0x22, 0x22, 0x22, 0x22, 0x22, 0x22, 0x22, 0x22, 0x22, // quotes
  0x0f, 0x0f, 0x0f, 0x0f, 0x0f, 0x0f, 0x0f, 0x0f, 0x0f, 0x0f, 0x0f, 0x0f, 0x0f, 0x0f, 0x0f, 0x0f, // low halves
  0, 4, 0, 1, 0, 0, 2, 0, 0, 0, 0, 8, 0, 0, 0, 0, // by the low half of the byte behind the quote: s 1, v 2, a 4, k 8
  0, 0, 4, 0, 0, 8, 0, 0, 0, 3, 0, 0, 0, 0, 0, 0, // and of the next one: y 1, i 2, r 4, e 8
  0x0a, 0x0a, 0x0a, 0x0a, 0x0a, 0x0a, 0x0a, 0x0a, 0x0a, 0x0a, 0x0a, 0x0a, 0x0a, 0x0a, 0x0a, 0x0a, // newlines
  0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0,
], 16);

/**
 * Scans from `from`, where a line begins, to `to` and stops early when `capacity` lines were found. Writes at
 * `results`: the number of plain alerts, the position after the last line, the pairs. Returns the number of pairs.
 * Up to 80 bytes behind `to` are read and ignored.
 */
export function scan(from: usize, to: usize, results: usize, capacity: u32): u32 {
  let plain: u32 = 0;
  let found: u32 = 0;
  let line = from;
  let isMarked = false;
  const quote = v128.load(VECTORS);
  const low = v128.load(VECTORS, 16);
  const first = v128.load(VECTORS, 32);
  const second = v128.load(VECTORS, 48);
  const newline = v128.load(VECTORS, 64);
  const nul = v128.load(VECTORS, 80);
  for (let block = from; block < to; block += 64) {
    const a = stops(block, quote, low, first, second, newline, nul);
    const b = stops(block + 16, quote, low, first, second, newline, nul);
    const c = stops(block + 32, quote, low, first, second, newline, nul);
    const d = stops(block + 48, quote, low, first, second, newline, nul);
    if (!v128.any_true(v128.or(v128.or(a, b), v128.or(c, d)))) continue;
    let bits =
      <u64>positions(a) |
      ((<u64>positions(b)) << 16) |
      ((<u64>positions(c)) << 32) |
      ((<u64>positions(d)) << 48);
    while (bits) {
      const at = block + <usize>ctz(bits);
      bits &= bits - 1;
      if (at >= to) break;
      const byte = load<u8>(at);
      if (byte == 0x22) {
        isMarked = isMarked || isMark(at);
      } else if (byte == 0) {
        isMarked = true;
      } else {
        if (!isMarked && isUsualAlert(line, at)) {
          plain += 1;
        } else if (!isEmpty(line, at)) {
          const pair = results + 8 + ((<usize>found) << 3);
          store<u32>(pair, <u32>line);
          store<u32>(pair, <u32>at, 4);
          found += 1;
        }
        line = at + 1;
        isMarked = false;
        if (found == capacity) {
          store<u32>(results, plain);
          store<u32>(results, <u32>line, 4);
          return found;
        }
      }
    }
  }
  store<u32>(results, plain);
  store<u32>(results, <u32>line, 4);
  return found;
}

/**
 * Non-zero lanes: newline, NUL, or a quote whose next two bytes may begin a mark (sy, vi, ar, ke, told by the low halves
 * of the bytes).
 */
function stops(at: usize, quote: v128, low: v128, first: v128, second: v128, newline: v128, nul: v128): v128 {
  const bytes = v128.load(at);
  const isFirst = i8x16.swizzle(first, v128.and(v128.load(at, 1), low));
  const isSecond = i8x16.swizzle(second, v128.and(v128.load(at, 2), low));
  const mark = v128.and(v128.and(isFirst, isSecond), i8x16.eq(bytes, quote));
  return v128.or(v128.or(i8x16.eq(bytes, newline), i8x16.eq(bytes, nul)), mark);
}

function positions(lanes: v128): i32 {
  return i8x16.bitmask(i8x16.ne(lanes, i8x16.splat(0)));
}

function isMark(at: usize): bool {
  const head = load<u64>(at);
  if (head == SYSCHECK_HEAD) return load<u16>(at, 8) == SYSCHECK_TAIL;
  if (head == VIRUSTOTAL_HEAD) return load<u32>(at, 8) == VIRUSTOTAL_TAIL;
  return (head & 0xff_ff_ff_ff_ff_ff_ff) == AR_LOG || (head & 0xff_ff_ff_ff_ff) == KES;
}

/** Begins as the manager begins every alert, with or without milliseconds, and ends as an object does. */
function isUsualAlert(line: usize, newline: usize): bool {
  const end = load<u8>(newline - 1) == 0x0d ? newline - 1 : newline;
  const length = end - line;
  if (length < 64 || length > LONGEST || load<u8>(end - 1) != 0x7d) return false;
  if (load<u64>(line) != TIMESTAMP_HEAD || load<u64>(line, 6) != TIMESTAMP_TAIL) return false;
  return load<u64>(line, 44) == RULE || load<u64>(line, 40) == RULE;
}

function isEmpty(line: usize, newline: usize): bool {
  return newline == line || (newline == line + 1 && load<u8>(line) == 0x0d);
}
