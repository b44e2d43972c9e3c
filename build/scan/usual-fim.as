// AssemblyScript, part of line-scan.as: reads one line as JSON and keeps where the members stand that are stored of a FIM
// alert. It takes only what it can be sure of; whatever is unusual is left to the full decoder.

import { changeOf, idInto, isDigest, isDigit, sizeInto, timeInto } from './fim-values';

/** What is read of an alert, by bit: told twice it is left to others, who know which one counts. */
const TIMESTAMP: u32 = 0;
const ALERT_ID: u32 = 1;
const RULE_ID: u32 = 2;
const AGENT_ID: u32 = 3;
const AGENT_NAME: u32 = 4;
const PATH: u32 = 5;
const SIZE: u32 = 6;
const PERMISSIONS: u32 = 7;
const MD5: u32 = 8;
const SHA1: u32 = 9;
const SHA256: u32 = 10;
const EVENT: u32 = 11;
const RULE_OBJECT: u32 = 12;
const AGENT_OBJECT: u32 = 13;
const SYSCHECK_OBJECT: u32 = 14;

/** Objects whose members are told apart. */
const ANY: u32 = 0;
const ALERT: u32 = 1;
const OF_RULE: u32 = 2;
const OF_AGENT: u32 = 3;
const OF_SYSCHECK: u32 = 4;

const DEEPEST: u32 = 24;
/** Of texts that are kept; of longer paths only the beginning is compared. */
const LONGEST: u32 = 256;

/** Where the texts stand that are kept: 12 pairs of start and length, the length 0 where there is none. */
const TEXTS = memory.data(96, 8);

/** The next byte, the end of the line, and what was found so far. */
let next: usize = 0;
let limit: usize = 0;
let found: u32 = 0;
/** The string read last: without its quotes, and whether its bytes are its characters (no escapes, ASCII). */
let textStart: usize = 0;
let textEnd: usize = 0;
let isVerbatim: bool = false;

/**
 * Reads the line between `start` and `end`. True when it is one JSON object without white space around its tokens, and
 * a FIM alert about a file whose members of interest are all in plain words; then `fields` holds, each eight bytes wide:
 * the time, second and offset of its id and its size (-1: none) as f64; then pairs of u32, start and length, of agent
 * id, agent name, path, permissions, MD5, SHA-1 and SHA-256 (length 0: none); then the number of its change.
 */
export function usualFim(start: usize, end: usize, fields: usize): bool {
  next = start;
  limit = end;
  found = 0;
  memory.fill(TEXTS, 0, 96);
  if (load<u8>(start) != 0x7b || !object(ALERT, 0) || next != end) return false;
  if (!length(RULE_ID) || !length(AGENT_ID) || !length(AGENT_NAME)) return false;
  if (length(AGENT_ID) > LONGEST || length(AGENT_NAME) > LONGEST || length(PERMISSIONS) > LONGEST) return false;
  if (!length(PATH) || length(PATH) > LONGEST || load<u8>(place(PATH) + length(PATH) - 1) == 0x20) return false;
  const change = changeOf(place(EVENT), length(EVENT));
  if (change < 0 || !isDigest(place(MD5), length(MD5), 32)) return false;
  if (!isDigest(place(SHA1), length(SHA1), 40) || !isDigest(place(SHA256), length(SHA256), 64)) return false;
  if (!timeInto(fields, place(TIMESTAMP), length(TIMESTAMP))) return false;
  if (!idInto(fields + 8, place(ALERT_ID), length(ALERT_ID))) return false;
  if (!sizeInto(fields + 24, place(SIZE), length(SIZE))) return false;
  textInto(fields + 32, AGENT_ID);
  textInto(fields + 40, AGENT_NAME);
  textInto(fields + 48, PATH);
  textInto(fields + 56, PERMISSIONS);
  textInto(fields + 64, MD5);
  textInto(fields + 72, SHA1);
  textInto(fields + 80, SHA256);
  store<u32>(fields, <u32>change, 88);
  return true;
}

/** Steps over any value. */
function value(depth: u32): bool {
  if (next >= limit) return false;
  const byte = load<u8>(next);
  if (byte == 0x22) return text();
  if (byte == 0x7b) return object(ANY, depth);
  if (byte == 0x5b) return list(depth);
  if (byte == 0x74) return word(0x65_75_72_74, 4); // true
  if (byte == 0x66) return load<u8>(next + 4) == 0x65 && word(0x73_6c_61_66, 5); // false
  if (byte == 0x6e) return word(0x6c_6c_75_6e, 4); // null
  return number();
}

function word(head: u32, length: usize): bool {
  if (load<u32>(next) != head) return false;
  next += length;
  return true;
}

function number(): bool {
  if (load<u8>(next) == 0x2d) next += 1;
  if (load<u8>(next) == 0x30) next += 1;
  else if (!digits()) return false;
  if (load<u8>(next) == 0x2e) {
    next += 1;
    if (!digits()) return false;
  }
  if ((load<u8>(next) | 0x20) == 0x65) {
    next += 1;
    const sign = load<u8>(next);
    if (sign == 0x2b || sign == 0x2d) next += 1;
    if (!digits()) return false;
  }
  return true;
}

function digits(): bool {
  const start = next;
  while (next < limit && isDigit(load<u8>(next))) next += 1;
  return next > start;
}

function list(depth: u32): bool {
  if (depth == DEEPEST) return false;
  next += 1;
  if (load<u8>(next) == 0x5d) {
    next += 1;
    return true;
  }
  while (value(depth + 1)) {
    const byte = load<u8>(next);
    next += 1;
    if (byte == 0x5d) return true;
    if (byte != 0x2c) return false;
  }
  return false;
}

function object(kind: u32, depth: u32): bool {
  if (depth == DEEPEST) return false;
  next += 1;
  if (load<u8>(next) == 0x7d) {
    next += 1;
    return true;
  }
  // An escaped name may be any name.
  while (next < limit && load<u8>(next) == 0x22 && text() && isVerbatim && load<u8>(next) == 0x3a) {
    next += 1;
    if (!member(kind, textStart, <u32>(textEnd - textStart), depth)) return false;
    const byte = load<u8>(next);
    next += 1;
    if (byte == 0x7d) return true;
    if (byte != 0x2c) return false;
  }
  return false;
}

/** The value of a member with its name. */
function member(kind: u32, name: usize, length: u32, depth: u32): bool {
  if (kind == ALERT) return memberOfAlert(name, length, depth);
  if (kind == OF_SYSCHECK) return memberOfSyscheck(name, length, depth);
  if (kind == OF_RULE && isId(name, length)) return keep(RULE_ID);
  if (kind == OF_AGENT && isId(name, length)) return keep(AGENT_ID);
  if (kind == OF_AGENT && length == 4 && load<u32>(name) == 0x65_6d_61_6e) return keep(AGENT_NAME); // name
  return value(depth + 1);
}

function isId(name: usize, length: u32): bool {
  return length == 2 && load<u16>(name) == 0x64_69;
}

function memberOfAlert(name: usize, length: u32, depth: u32): bool {
  if (isId(name, length)) return keep(ALERT_ID);
  if (length == 4 && load<u32>(name) == 0x65_6c_75_72) return known(RULE_OBJECT, OF_RULE, depth); // rule
  if (length == 5) {
    const head = load<u32>(name);
    const last = load<u8>(name + 4);
    if (head == 0x6e_65_67_61 && last == 0x74) return known(AGENT_OBJECT, OF_AGENT, depth); // agent
    if (head == 0x69_64_75_61 && last == 0x74) return false; // audit: who made the change
  }
  if (length == 8 && load<u64>(name) == 0x6b_63_65_68_63_73_79_73) return known(SYSCHECK_OBJECT, OF_SYSCHECK, depth); // syscheck
  if (length == 9 && load<u64>(name) == 0x6d_61_74_73_65_6d_69_74 && load<u8>(name + 8) == 0x70) return keep(TIMESTAMP);
  return value(depth + 1);
}

/** Steps over what is not read; false for what makes more of an event than a plain change of a file. */
function memberOfSyscheck(name: usize, length: u32, depth: u32): bool {
  const head = load<u32>(name);
  if (length == 4) {
    if (head == 0x68_74_61_70) return keep(PATH); // path
    if (head == 0x68_63_72_61) return false; // arch
  } else if (length == 5) {
    if (head == 0x6e_65_76_65 && load<u8>(name + 4) == 0x74) return keep(EVENT); // event
    if (head == 0x69_64_75_61 && load<u8>(name + 4) == 0x74) return false; // audit
  } else if (length == 9) {
    if (load<u64>(name) == 0x65_74_66_61_5f_35_64_6d && load<u8>(name + 8) == 0x72) return keep(MD5); // md5_after
  } else if (length == 10) {
    const tail = load<u64>(name + 2);
    if (tail == 0x72_65_74_66_61_5f_65_7a && <u16>head == 0x69_73) return keep(SIZE); // size_after
    if (tail == 0x72_65_74_66_61_5f_6d_72 && <u16>head == 0x65_70) return keep(PERMISSIONS); // perm_after
    if (tail == 0x72_65_74_66_61_5f_31_61 && <u16>head == 0x68_73) return keep(SHA1); // sha1_after
    if (tail == 0x65_6d_61_6e_5f_65_75_6c && <u16>head == 0x61_76) return false; // value_name
  } else if (length == 12) {
    if (load<u64>(name + 4) == 0x72_65_74_66_61_5f_36_35 && head == 0x32_61_68_73) return keep(SHA256); // sha256_after
  } else if (length == 14) {
    if (load<u64>(name + 6) == 0x72_65_74_66_61_5f_6d_72 && load<u64>(name) == 0x6d_72_65_70_5f_6e_69_77) return false; // win_perm_after
  }
  return value(depth + 1);
}

function isFirst(what: u32): bool {
  const bit: u32 = 1 << what;
  if (found & bit) return false;
  found |= bit;
  return true;
}

function known(what: u32, kind: u32, depth: u32): bool {
  return isFirst(what) && load<u8>(next) == 0x7b && object(kind, depth + 1);
}

function keep(what: u32): bool {
  if (!isFirst(what) || load<u8>(next) != 0x22 || !text() || !isVerbatim) return false;
  const pair = TEXTS + (<usize>what << 3);
  store<u32>(pair, <u32>textStart);
  store<u32>(pair, <u32>(textEnd - textStart), 4);
  return true;
}

/** Reads a string from its opening quote. */
function text(): bool {
  let at = next + 1;
  textStart = at;
  isVerbatim = true;
  while (at < limit) {
    const bytes = v128.load(at);
    const quote = i8x16.eq(bytes, i8x16.splat(0x22));
    const backslash = i8x16.eq(bytes, i8x16.splat(0x5c));
    // By sign: bytes beyond ASCII are below it, too.
    const stops = i8x16.bitmask(v128.or(v128.or(quote, backslash), i8x16.lt_s(bytes, i8x16.splat(0x20))));
    if (!stops) {
      at += 16;
      continue;
    }
    at += ctz(stops);
    if (at >= limit) return false;
    const byte = load<u8>(at);
    if (byte == 0x22) {
      textEnd = at;
      next = at + 1;
      return true;
    }
    isVerbatim = false;
    if (byte >= 0x80) at += 1;
    else if (byte == 0x5c) {
      const length = escape(at);
      if (length == 0) return false;
      at += length;
    } else return false;
  }
  return false;
}

/** The length of an escape; 0 when it is none. */
function escape(at: usize): usize {
  const byte = load<u8>(at + 1);
  if (byte == 0x75) {
    for (let digit: usize = 2; digit < 6; digit += 1) if (!isHex(load<u8>(at + digit))) return 0;
    return 6;
  }
  // " \ / b f n r t
  if (byte == 0x22 || byte == 0x5c || byte == 0x2f || byte == 0x62 || byte == 0x66) return 2;
  return byte == 0x6e || byte == 0x72 || byte == 0x74 ? 2 : 0;
}

function isHex(byte: u8): bool {
  return isDigit(byte) || <u8>((byte | 0x20) - 0x61) < 6;
}

function place(what: u32): usize {
  return <usize>load<u32>(TEXTS + (<usize>what << 3));
}

function length(what: u32): u32 {
  return load<u32>(TEXTS + (<usize>what << 3), 4);
}

function textInto(field: usize, what: u32): void {
  store<u64>(field, load<u64>(TEXTS + (<usize>what << 3)));
}
