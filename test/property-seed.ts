import { configureGlobal } from 'fast-check';

/** The same random cases on every machine, so that a failure can be repeated; VERDICT_DESK_SEED explores others. */
configureGlobal({ seed: Number(process.env['VERDICT_DESK_SEED'] ?? 20_261_121) });
