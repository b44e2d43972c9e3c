/** How the alerts of one rule are built: which parts occur, and in which order. */
export interface Shape {
  readonly names: Set<string>;
  /** `a b`: somewhere a comes before b. */
  readonly pairs: Set<string>;
}

/** Three FIM rules of files share one shape; the others have one each. */
function shapeKey(alert: { readonly rule: { readonly id: string } }): string {
  return ['550', '553', '554'].includes(alert.rule.id) ? 'files' : alert.rule.id;
}

export function shapesByRule<T extends { readonly rule: { readonly id: string } }>(
  alerts: readonly T[],
  namesOf: (alert: T) => readonly string[],
): Map<string, Shape> {
  const shapes = new Map<string, Shape>();
  for (const alert of alerts) {
    const key = shapeKey(alert);
    const shape = shapes.get(key) ?? { names: new Set(), pairs: new Set() };
    shapes.set(key, shape);
    const names = namesOf(alert);
    for (const [index, name] of names.entries()) {
      shape.names.add(name);
      for (const earlier of names.slice(0, index)) shape.pairs.add(`${earlier} ${name}`);
    }
  }
  return shapes;
}

/** Names that no captured alert of the rule has, and pairs that only ever come the other way round. */
export function strangers<T extends { readonly rule: { readonly id: string } }>(
  alerts: readonly T[],
  shapes: ReadonlyMap<string, Shape>,
  namesOf: (alert: T) => readonly string[],
): string[] {
  const found = new Set<string>();
  for (const alert of alerts) {
    const shape = shapes.get(shapeKey(alert));
    if (!shape) continue;
    const names = namesOf(alert);
    for (const [index, name] of names.entries()) {
      if (!shape.names.has(name)) found.add(`${alert.rule.id} ${name}`);
      for (const earlier of names.slice(0, index)) {
        const isReversed = shape.pairs.has(`${name} ${earlier}`) && !shape.pairs.has(`${earlier} ${name}`);
        if (isReversed) found.add(`${alert.rule.id} ${earlier} before ${name}`);
      }
    }
  }
  return [...found].toSorted();
}

/** Every path of an alert's JSON; the copied trigger of a response counts as one. Address and labels are the agent's
 * own matter. */
export function keyPaths(value: unknown, path = ''): string[] {
  if (path.startsWith('.agent.') && !/id|name$/.test(path)) return [];
  const isCopy = path === '.data.parameters.alert';
  if (typeof value !== 'object' || value === null || Array.isArray(value) || isCopy) return [path];
  return Object.entries(value).flatMap(([key, inner]) => keyPaths(inner, `${path}.${key}`));
}

interface TextAlert {
  readonly rule: { readonly id: string };
  readonly lines: readonly string[];
}

export function textAlerts(text: string): TextAlert[] {
  return text
    .split(/^(?=\*\* Alert \d+\.\d+:)/m)
    .filter(Boolean)
    .map((alert) => ({
      rule: { id: /^Rule: (\d+)/m.exec(alert)?.[1] ?? '' },
      lines: alert.split('\n'),
    }));
}

/** The fixed words of each line of a FIM alert; other alerts by their flattened field names. Diffs are left out. */
export function lineLabels({ lines, rule }: TextAlert): string[] {
  const start = lines.findIndex((line) => line.startsWith('Rule: '));
  const end = lines.findIndex((line) => line === 'What changed:');
  const body = lines.slice(start + 1, end === -1 ? undefined : end);
  const isFim = shapeKey({ rule }) === 'files' || /^75[012]$/.test(rule.id);
  const label = isFim ? /^( - (\(Audit\) )?)?[A-Z][\w ]*?( ?:|(?= was:? '| from '|\.| '))/ : /^[\w.]+: /;
  return body
    .flatMap((line) => label.exec(line)?.[0] ?? [])
    .filter((name) => !name.startsWith('parameters.alert'));
}
