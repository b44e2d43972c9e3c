import { spawn } from 'node:child_process';

/** In a child process: dies by SIGKILL at the n-th commit point it passes, as a power cut would have it. */
const dieAt = Number(process.env['DIE_AT_COMMIT_POINT'] ?? 0);
let passed = 0;

/**
 * Wraps an object so that a commit point follows each call of these methods. With `around` there is one before it, too:
 * where something that cannot be undone, such as a request, happened since the last one.
 */
export function withCommitPoints<Target extends object>(
  target: Target,
  methods: readonly (keyof Target & string)[],
  where: 'after' | 'around' = 'after',
): Target {
  return new Proxy(target, {
    get(object, name) {
      const member: unknown = Reflect.get(object, name, object);
      if (typeof member !== 'function') return member;
      const isWatched = methods.some((method) => method === name);
      return (...values: unknown[]): unknown => {
        if (isWatched && where === 'around') passCommitPoint();
        const result: unknown = Reflect.apply(member, object, values);
        if (isWatched) passCommitPoint();
        return result;
      };
    },
  });
}

function passCommitPoint(): void {
  passed += 1;
  if (passed === dieAt) process.kill(process.pid, 'SIGKILL');
}

/** Runs a child script that dies at the given commit point (0: never). Resolves with whether it was killed. */
export function runUntilCommitPoint(
  script: URL,
  point: number,
  environment: Readonly<Record<string, string>>,
): Promise<'killed' | 'finished'> {
  return new Promise((resolve, reject) => {
    const child = spawn(process.execPath, [script.pathname], {
      env: { ...process.env, ...environment, DIE_AT_COMMIT_POINT: String(point) },
      stdio: ['ignore', 'ignore', 'pipe'],
    });
    let complaints = '';
    child.stderr.on('data', (data: Buffer) => (complaints += data.toString()));
    child.on('error', reject);
    child.on('close', (code, signal) => {
      if (signal === 'SIGKILL') resolve('killed');
      else if (code === 0) resolve('finished');
      else reject(new Error(`The child failed (${code ?? signal}): ${complaints}`));
    });
  });
}
