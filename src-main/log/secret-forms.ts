/** The forms in which a text may reach a log: as it is, in JSON (also twice), in addresses, in base64 and in hex. */
export function secretForms(secret: string): ReadonlySet<string> {
  const once = jsonInside(secret);
  const bytes = Buffer.from(secret);
  return new Set([
    secret,
    once,
    jsonInside(once),
    asciiOnly(once),
    encodeAddress(secret, encodeURIComponent),
    encodeAddress(secret, encodeURI),
    new URLSearchParams({ '': secret }).toString().slice(1),
    bytes.toString('hex'),
    ...base64Inside(bytes),
  ]);
}

function jsonInside(text: string): string {
  return JSON.stringify(text).slice(1, -1);
}

/** As Python and some loggers write JSON. */
function asciiOnly(text: string): string {
  return text.replaceAll(
    /[\u0080-\uFFFF]/g,
    (character) => `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`,
  );
}

function encodeAddress(text: string, encode: (text: string) => string): string {
  return encode(text.toWellFormed());
}

/** Within longer base64 a text looks different at each of three offsets; its first and last characters are shared. */
function base64Inside(bytes: Buffer): readonly string[] {
  return [0, 1, 2].flatMap((offset) => {
    const shifted = Buffer.concat([Buffer.alloc(offset), bytes])
      .toString('base64')
      .replace(/=+$/, '');
    const shared = (offset + bytes.length) % 3 === 0 ? 0 : 1;
    const inside = shifted.slice(offset === 0 ? 0 : offset + 1, shifted.length - shared);
    return inside.length < 6 ? [] : [inside, inside.replaceAll('+', '-').replaceAll('/', '_')];
  });
}
