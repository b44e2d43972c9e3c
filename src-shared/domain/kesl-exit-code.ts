/** What kesl-control's exit codes mean (kesl.md section 6). 68, 70 and 72 are ordinary outcomes, not accidents. */
export type ExitMeaning =
  | 'done'
  | 'bad-arguments'
  | 'not-running'
  | 'other-error'
  | 'no-databases'
  | 'activation-failed'
  | 'managed-by-policy'
  | 'already-so'
  | 'not-accepted'
  | 'detected'
  | 'restart-needed'
  | 'unsafe-path'
  | 'wrong-mode'
  | 'unknown';

interface ExitFacts {
  readonly meaning: ExitMeaning;
  /** What happened, one sentence without the agent's name. */
  readonly words: string;
  /** What to do; empty where there is nothing to do. */
  readonly remedy: string;
}

const FACTS = new Map<number, ExitFacts>([
  [0, { meaning: 'done', words: 'kesl-control accepted the command.', remedy: '' }],
  [
    1,
    {
      meaning: 'bad-arguments',
      words: 'This version of kesl-control does not know the command.',
      remedy: 'Look at the task list of the agent and choose another kind.',
    },
  ],
  [
    2,
    {
      meaning: 'bad-arguments',
      words: 'kesl-control turned the settings of the task down.',
      remedy: 'Check the path, and look at the task’s settings on the agent.',
    },
  ],
  [
    64,
    {
      meaning: 'not-running',
      words: 'KES is not running there.',
      remedy: 'Start it with systemctl start kesl (10.x: service kesl-supervisor start), then ask again.',
    },
  ],
  [
    65,
    {
      meaning: 'other-error',
      words: 'kesl-control failed without a reason of its own.',
      remedy: 'Run the command on the agent and look at its events: kesl-control -E --query.',
    },
  ],
  [
    66,
    {
      meaning: 'no-databases',
      words: 'KES has no databases loaded; it detects nothing.',
      remedy: 'Update the databases on the agent first.',
    },
  ],
  [
    67,
    {
      meaning: 'activation-failed',
      words: 'KES could not be activated: the network failed.',
      remedy: 'Check the agent’s way to the activation servers.',
    },
  ],
  [
    68,
    {
      meaning: 'managed-by-policy',
      words: 'A Security Center policy manages this and forbids it.',
      remedy: 'Start the task from Security Center, or have the policy unlocked there.',
    },
  ],
  [
    69,
    {
      meaning: 'wrong-mode',
      words: 'The licence of this cloud image does not allow it.',
      remedy: 'Check the licence on the agent.',
    },
  ],
  [
    70,
    {
      meaning: 'already-so',
      words: 'The task was in that state already.',
      remedy: '',
    },
  ],
  [
    71,
    {
      meaning: 'not-accepted',
      words: 'The KSN statement is not accepted on the agent.',
      remedy: 'Accept it there, or switch KSN off.',
    },
  ],
  [72, { meaning: 'detected', words: 'Something was detected.', remedy: '' }],
  [
    73,
    {
      meaning: 'not-accepted',
      words: 'KES wants an explicit acceptance for this change.',
      remedy: 'Make the change on the agent itself.',
    },
  ],
  [
    74,
    {
      meaning: 'restart-needed',
      words: 'KES must be restarted first.',
      remedy: 'Restart the service on the agent, then ask again.',
    },
  ],
  [
    75,
    {
      meaning: 'restart-needed',
      words: 'The machine must be restarted first.',
      remedy: 'Restart the agent’s machine, then ask again.',
    },
  ],
  [
    76,
    {
      meaning: 'unsafe-path',
      words: 'KES refuses a path that others than root may write to.',
      remedy: 'Choose another path, or tighten its permissions.',
    },
  ],
  [
    77,
    { meaning: 'not-accepted', words: 'The key is used already.', remedy: 'Check the licence on the agent.' },
  ],
  [
    78,
    {
      meaning: 'wrong-mode',
      words: 'The command works in the standard mode only, and this is a Light Agent.',
      remedy: 'Start the task from Security Center.',
    },
  ],
  [
    79,
    {
      meaning: 'wrong-mode',
      words: 'The command works in the Light Agent mode only.',
      remedy: 'Choose another kind.',
    },
  ],
]);

/** Never throws: a number that no version documents is `unknown`. 128 is documented as such. */
export function explainExitCode(code: number): ExitFacts {
  return (
    FACTS.get(code) ?? {
      meaning: 'unknown',
      words: `kesl-control ended with code ${code}, which no version documents.`,
      remedy: 'Run the command on the agent and look at its events.',
    }
  );
}

/** Codes after which the request as such did what it was asked for. */
export function isOrdinary(code: number): boolean {
  const { meaning } = explainExitCode(code);
  return meaning === 'done' || meaning === 'already-so' || meaning === 'detected';
}
