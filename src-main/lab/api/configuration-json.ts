/**
 * ossec.conf as the API shows it in JSON: sections by name, options within. A section or option that stands there several
 * times becomes a list or, for the sections the framework knows as merged, one object. Only for well-formed files.
 */
type Value = string | { [name: string]: Value | Value[] } | Value[];

const LISTS = new Set([
  'integration',
  'command',
  'active-response',
  'localfile',
  'directories',
  'ignore',
  'labels',
]);
const TOKEN = /<!--[^]*?-->|<(\/?)([\w.-]+)((?:\s+[\w.-]+\s*=\s*"[^"]*")*)\s*(\/?)>|[^<]+/g;

interface Element {
  readonly name: string;
  readonly attributes: Readonly<Record<string, string>>;
  readonly children: Element[];
  text: string;
}

/** Null when the text is not well-formed. */
export function configurationJson(xml: string): Record<string, Value> | null {
  const roots = parse(xml);
  if (!roots || roots.length === 0 || roots.some(({ name }) => name !== 'ossec_config')) return null;
  const sections: Record<string, Value> = {};
  for (const section of roots.flatMap((root) => root.children)) add(sections, section);
  return sections;
}

function parse(xml: string): readonly Element[] | null {
  const top: Element = { name: '', attributes: {}, children: [], text: '' };
  const open: Element[] = [top];
  let at = 0;
  for (const match of xml.matchAll(TOKEN)) {
    if (match.index !== at) return null;
    at += match[0].length;
    const [whole, closing, name, attributes, single] = match;
    const inner = open.at(-1) ?? top;
    if (name === undefined) {
      if (!whole.startsWith('<!--')) inner.text += whole;
    } else if (closing === '/') {
      if (inner.name !== name || inner === top) return null;
      open.pop();
    } else {
      const element: Element = { name, attributes: attributesOf(attributes ?? ''), children: [], text: '' };
      inner.children.push(element);
      if (single !== '/') open.push(element);
    }
  }
  return at === xml.length && open.length === 1 ? top.children : null;
}

function attributesOf(text: string): Readonly<Record<string, string>> {
  return Object.fromEntries(
    [...text.matchAll(/([\w.-]+)\s*=\s*"([^"]*)"/g)].map((match) => [match[1], match[2]]),
  );
}

function add(parent: Record<string, Value>, element: Element): void {
  const value = valueOf(element);
  const known = parent[element.name];
  if (known === undefined) parent[element.name] = LISTS.has(element.name) ? [value] : value;
  else if (Array.isArray(known)) known.push(value);
  else if (typeof known === 'object' && typeof value === 'object' && !Array.isArray(value))
    Object.assign(known, value);
  else parent[element.name] = [known, value];
}

function valueOf({ attributes, children, text }: Element): Value {
  if (children.length === 0 && Object.keys(attributes).length === 0) return text.trim();
  const value: Record<string, Value> = { ...attributes };
  for (const child of children) add(value, child);
  if (children.length === 0) value['item'] = text.trim();
  return value;
}
