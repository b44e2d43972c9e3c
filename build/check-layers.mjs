// Who may know whom (ARCHITECTURE.md). Reads every import and names the sentence that a line breaks.
import { readdirSync, readFileSync } from 'node:fs';
import { dirname, join, posix, relative, sep } from 'node:path';
import { root } from './paths.mjs';

const SERVICES = ['alerts', 'virustotal', 'manager', 'kes', 'secrets', 'store', 'lab'];
/** Interfaces without code, for whoever needs time or a secret. */
const PORTS = ['src-main/app/clock.ts', 'src-main/secrets/secret-store.ts'];
const REACT = /^(react|react-dom|react-aria-components)(\/|$)/;
const SHARED_PACKAGES = /^(zod|@orpc\/contract)(\/|$)/;
const isNode = (target) => target.startsWith('node:');
const isPackage = (target) => !target.startsWith('src-') && !isNode(target);

/** The folder of a service (`store`), of the app (`app`), or of a part of the window (`ui`, `detections`). */
const mainPart = (path) => /^src-main\/([^/]+)\//.exec(path)?.[1] ?? null;
const windowPart = (path) => /^src-renderer\/([^/]+)\//.exec(path)?.[1] ?? null;

/** Each sentence, and when an import from `file` of `target` breaks it. Targets are paths from the root or packages. */
const RULES = [
  {
    sentence: 'src-shared imports only itself, zod and the contract library.',
    isBroken: (file, target) =>
      file.startsWith('src-shared/') && !target.startsWith('src-shared/') && !SHARED_PACKAGES.test(target),
  },
  {
    sentence: 'src-renderer never imports src-main or Node; it knows the contract.',
    isBroken: (file, target) =>
      windowPart(file) !== null &&
      (target.startsWith('src-main/') || isNode(target) || target === 'better-sqlite3'),
  },
  {
    sentence: 'src-main never imports src-renderer.',
    isBroken: (file, target) => file.startsWith('src-main/') && target.startsWith('src-renderer/'),
  },
  {
    sentence: 'Only src-main/shell imports Electron.',
    isBroken: (file, target) => /^electron(\/|$)/.test(target) && mainPart(file) !== 'shell',
  },
  {
    sentence: 'React is imported only in src-renderer.',
    isBroken: (file, target) => isPackage(target) && REACT.test(target) && !file.startsWith('src-renderer/'),
  },
  {
    sentence: 'A service knows src-shared, itself, the clock and the secret port; app/ joins services.',
    isBroken: (file, target) => {
      const [from, to] = [mainPart(file), mainPart(target)];
      if (!SERVICES.includes(from) || to === null || to === from) return false;
      // The store implements the small interfaces that readers and queue declare.
      const isImplementing = from === 'store' && ['alerts', 'virustotal', 'manager', 'kes'].includes(to);
      // Scans are started on top of the channels to managers and agents.
      const isOnTop = from === 'kes' && to === 'manager';
      return !isImplementing && !isOnTop && !PORTS.includes(target);
    },
  },
  {
    sentence: 'app/ builds the services and knows no face.',
    isBroken: (file, target) => mainPart(file) === 'app' && ['cli', 'shell'].includes(mainPart(target)),
  },
  {
    sentence: 'A face knows app/; only the command line starts another face.',
    isBroken: (file, target) => mainPart(file) === 'shell' && mainPart(target) === 'cli',
  },
  {
    sentence:
      'The window takes only types from the contract: its parsers would need eval, which the policy forbids.',
    isBroken: (file, target, isType) =>
      windowPart(file) !== null && target.startsWith('src-shared/ipc/') && !isType,
  },
  {
    sentence: 'A feature of the window knows ui/, app/ and src-shared, not another feature.',
    isBroken: (file, target) => {
      const [from, to] = [windowPart(file), windowPart(target)];
      return from !== null && from !== 'app' && to !== null && to !== from && to !== 'ui' && to !== 'app';
    },
  },
  {
    sentence: 'ui/ holds tokens and primitives and knows no feature and no app/.',
    isBroken: (file, target) => windowPart(file) === 'ui' && (windowPart(target) ?? 'ui') !== 'ui',
  },
];

/** Every broken sentence in a set of sources: `[{file, line, target, sentence}]`. Paths are relative, with slashes. */
export function findBreaches(sources) {
  return Object.entries(sources).flatMap(([file, text]) =>
    importsOf(text).flatMap(({ specifier, line, isType }) => {
      const target = resolveTarget(file, specifier);
      const broken = RULES.filter((rule) => rule.isBroken(file, target, isType));
      return broken.map(({ sentence }) => ({ file, line, target, sentence }));
    }),
  );
}

const IMPORT =
  /(?:^|[^\w.$])(?:import|export)\s[^'"`;()]*?from\s*(['"])([^'"\n]+)\1|(?:^|[^\w.$])import\s*\(?\s*(['"])([^'"\n]+)\3/g;

function importsOf(text) {
  const code = text.replaceAll(/\/\*[^]*?\*\/|^\s*\/\/.*$/gm, (comment) => comment.replaceAll(/[^\n]/g, ' '));
  return [...code.matchAll(IMPORT)].map((match) => ({
    specifier: match[2] ?? match[4],
    isType: /^\W?(?:import|export)\s+type\s/.test(match[0]),
    line: code.slice(0, match.index + match[0].length).split('\n').length,
  }));
}

function resolveTarget(file, specifier) {
  return specifier.startsWith('.') ? posix.normalize(posix.join(dirname(file), specifier)) : specifier;
}

function readSources() {
  const folders = ['src-shared', 'src-main', 'src-renderer'];
  const files = folders.flatMap((folder) =>
    readdirSync(join(root, folder), { recursive: true, withFileTypes: true })
      .filter((entry) => entry.isFile() && /\.tsx?$/.test(entry.name))
      .map((entry) => join(entry.parentPath, entry.name)),
  );
  return Object.fromEntries(
    files.map((file) => [relative(root, file).split(sep).join('/'), readFileSync(file, 'utf8')]),
  );
}

if (import.meta.main) {
  const sources = readSources();
  const breaches = findBreaches(sources);
  for (const { file, line, target, sentence } of breaches) {
    console.log(`${file}:${line} imports ${target}\n  breaks: ${sentence}`);
  }
  console.log(`${Object.keys(sources).length} files, ${breaches.length} broken sentences`);
  process.exitCode = breaches.length > 0 ? 1 : 0;
}
