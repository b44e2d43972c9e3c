/** One line of JSON, indented for the eye; null when it is no JSON. Long numbers keep their digits. */
export function prettyJson(text: string): string | null {
  try {
    JSON.parse(text);
  } catch {
    return null;
  }
  return indent(text);
}

/**
 * Works on the text rather than on parsed values: JSON.parse would round long numbers, drop repeated keys and
 * move numeric ones to the front, and this is evidence.
 */
function indent(text: string): string {
  let depth = 0;
  let out = '';
  for (const [token] of text.matchAll(/"(?:[^"\\]|\\.)*"|[[\]{},:]|[^\s[\]{},:"]+/g)) {
    if (token === '}' || token === ']') {
      depth -= 1;
      out += /[[{]$/.test(out.trimEnd()) ? '' : lineAt(depth);
      out = /[[{]\s*$/.test(out) ? out.trimEnd() + token : out + token;
    } else if (token === '{' || token === '[') {
      depth += 1;
      out += token + lineAt(depth);
    } else if (token === ',') out += token + lineAt(depth);
    else if (token === ':') out += ': ';
    else out += token;
  }
  return out;
}

function lineAt(depth: number): string {
  return `\n${'  '.repeat(Math.max(0, depth))}`;
}
