// Run by the bootstrap under Node 24. Words go to stderr: stdout belongs to the command that is about to run.
import { ensureBundle } from './bundle.mjs';

await ensureBundle((words) => console.error(words));
