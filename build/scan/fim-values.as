// AssemblyScript, part of line-scan.as: what the texts of a usual FIM alert stand for. Each function is told where a text
// begins and how long it is, and says whether it is in the usual form; anything else is left to the full decoder.

export function isDigit(byte: u8): bool {
  return <u8>(byte - 0x30) < 10;
}

/** None at all, or as many digits in lower case as the algorithm has. */
export function isDigest(start: usize, length: u32, digits: u32): bool {
  if (length == 0) return true;
  if (length != digits) return false;
  for (let at: u32 = 0; at < digits; at += 8) {
    const bytes = v128.load64_zero(start + at);
    const isNumber = i8x16.lt_u(i8x16.sub(bytes, i8x16.splat(0x30)), i8x16.splat(10));
    const isLetter = i8x16.lt_u(i8x16.sub(bytes, i8x16.splat(0x61)), i8x16.splat(6));
    if ((i8x16.bitmask(v128.or(isNumber, isLetter)) & 0xff) != 0xff) return false;
  }
  return true;
}

/** added 0, modified 1, deleted 2, readded 3; any other word -1. */
export function changeOf(at: usize, length: u32): i32 {
  const head = load<u32>(at);
  const tail = load<u8>(at + 4);
  switch (length) {
    case 5: return head == 0x65_64_64_61 && tail == 0x64 ? 0 : -1;
    case 8: return load<u64>(at) == 0x64_65_69_66_69_64_6f_6d ? 1 : -1;
    case 7: {
      const end = load<u32>(at + 3);
      if (head == 0x65_6c_65_64 && end == 0x64_65_74_65) return 2;
      return head == 0x64_61_65_72 && end == 0x64_65_64_64 ? 3 : -1;
    }
    default: return -1;
  }
}

/** The two decimal digits there, or a number beyond all limits. */
function two(at: usize): u32 {
  const tens = load<u8>(at);
  const ones = load<u8>(at + 1);
  return isDigit(tens) && isDigit(ones) ? <u32>(tens - 0x30) * 10 + <u32>(ones - 0x30) : 10_000;
}

/** `2026-11-01T00:00:07.123+0000` as milliseconds of the epoch; other forms and years are left to others. */
export function timeInto(field: usize, at: usize, length: u32): bool {
  if (length != 28) return false;
  const isPunctuated =
    load<u8>(at + 4) == 0x2d && load<u8>(at + 7) == 0x2d && load<u8>(at + 10) == 0x54 &&
    load<u8>(at + 13) == 0x3a && load<u8>(at + 16) == 0x3a && load<u8>(at + 19) == 0x2e;
  const sign = load<u8>(at + 23);
  if (!isPunctuated || (sign != 0x2b && sign != 0x2d)) return false;
  const century = two(at);
  const year = century * 100 + two(at + 2);
  const month = two(at + 5);
  const day = two(at + 8);
  const hour = two(at + 11);
  const minute = two(at + 14);
  const second = two(at + 17);
  const hundredths = two(at + 20);
  const thousandth = <u8>(load<u8>(at + 22) - 0x30);
  const zoneHour = two(at + 24);
  const zoneMinute = two(at + 26);
  if (century > 99 || year < 1971 || year > 9998 || month < 1 || month > 12) return false;
  if (day < 1 || day > daysOf(year, month)) return false;
  if (hour > 23 || minute > 59 || second > 59 || hundredths > 99 || thousandth > 9) return false;
  if (zoneHour > 23 || zoneMinute > 59) return false;
  const minutes = <i64>(hour * 60 + minute);
  const zone = <i64>(zoneHour * 60 + zoneMinute);
  const inUtc = <i64>daysSince1970(year, month, day) * 1440 + minutes + (sign == 0x2b ? -zone : zone);
  store<f64>(field, <f64>(inUtc * 60_000 + <i64>(second * 1000 + hundredths * 10 + thousandth)));
  return true;
}

function isLeap(year: u32): bool {
  return year % 4 == 0 && (year % 100 != 0 || year % 400 == 0);
}

function daysOf(year: u32, month: u32): u32 {
  if (month == 2) return isLeap(year) ? 29 : 28;
  return month == 4 || month == 6 || month == 9 || month == 11 ? 30 : 31;
}

/** With the year from March on, so that the day that comes and goes is the last one. */
function daysSince1970(year: u32, month: u32, day: u32): u32 {
  const fromMarch = month > 2 ? month - 3 : month + 9;
  const years = month > 2 ? year : year - 1;
  return years * 365 + years / 4 - years / 100 + years / 400 + (153 * fromMarch + 2) / 5 + day - 1 - 719_468;
}

/** `SECOND.OFFSET`, each within what a f64 counts. */
export function idInto(field: usize, start: usize, length: u32): bool {
  const end = start + length;
  let at = start;
  while (at < end && isDigit(load<u8>(at))) at += 1;
  const dot = at;
  if (dot == start || dot - start > 12 || dot == end || load<u8>(dot) != 0x2e) return false;
  return numberInto(field, start, dot) && numberInto(field + 8, dot + 1, end);
}

/** -1 where there is none. */
export function sizeInto(field: usize, start: usize, length: u32): bool {
  store<f64>(field, -1);
  return length == 0 || numberInto(field, start, start + length);
}

/** One to fifteen digits. */
function numberInto(field: usize, start: usize, end: usize): bool {
  if (end == start || end - start > 15) return false;
  let sum: u64 = 0;
  for (let at = start; at < end; at += 1) {
    if (!isDigit(load<u8>(at))) return false;
    sum = sum * 10 + <u64>(load<u8>(at) - 0x30);
  }
  store<f64>(field, <f64>sum);
  return true;
}
