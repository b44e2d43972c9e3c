/**
 * npm runs its scripts through a shell. A signal sent to npm ends that shell, but does not reach what the shell runs:
 * the app would go on without a terminal. So it ends itself, in order, when its parent has gone.
 */
export function endWithParent() {
  const parent = process.ppid;
  if (process.env.npm_lifecycle_event === undefined || parent <= 1) return;
  const timer = setInterval(() => {
    if (process.ppid === parent) return;
    clearInterval(timer);
    process.kill(process.pid, 'SIGTERM');
  }, 200);
  timer.unref();
}
