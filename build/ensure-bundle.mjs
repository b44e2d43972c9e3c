// Run by the bootstrap under Node 24. Words go to stderr: stdout belongs to the command that is about to run.
import { ensureBundle } from './bundle.mjs';

try {
  await ensureBundle((words) => console.error(words));
} catch (error) {
  console.error(`The app could not be built.\n${error.message}`);
  process.exitCode = 1;
}
