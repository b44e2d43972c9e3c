import { useState } from 'react';
import type { ProfileSecret } from '../../../../src-shared/domain/connection-profile.ts';
import type {
  ConnectionDetail,
  OfferedCertificate,
  OfferedHostKey,
} from '../../../../src-shared/ipc/connections.ts';
import { announce } from '../../../ui/announce.ts';
import { useStatus } from '../../backend-context.tsx';
import { useCommand } from '../../use-command.ts';
import {
  acceptedInput,
  NOTHING_ACCEPTED,
  withApiAddress,
  withCertificate,
  withHostKey,
  type Accepted,
} from './accepted.ts';
import { draftInput } from './draft-input.ts';
import { draftOf, EMPTY_DRAFT, type ConnectionDraft } from './draft.ts';
import { draftProblems } from './draft-problems.ts';
import { problemsOf, type FieldKey, type Problems } from './field-keys.ts';
import { keepingOf, withForgotten, type Keeping } from './kept-secrets.ts';
import { useConnectionTest, writable, type ConnectionTest } from './use-connection-test.ts';

export interface ConnectionForm {
  readonly draft: ConnectionDraft;
  /** The stored connection that is edited; null for a new one. */
  readonly stored: ConnectionDetail | null;
  /** Changes a part; `fields` are those whose message is out of date by it. */
  readonly change: (part: Partial<ConnectionDraft>, ...fields: readonly FieldKey[]) => void;
  readonly problem: (field: FieldKey) => string | null;
  readonly problems: Problems;
  readonly keeping: (secret: ProfileSecret) => Keeping;
  readonly forget: (secret: ProfileSecret) => void;
  readonly test: ConnectionTest;
  /** Something was changed since the newest test. */
  readonly isTestOld: boolean;
  readonly runTest: () => Promise<boolean>;
  readonly acceptHostKey: (offered: OfferedHostKey) => void;
  readonly acceptCertificate: (offered: OfferedCertificate) => void;
  readonly acceptsClearText: boolean;
  readonly setAcceptsClearText: (accepts: boolean) => void;
  readonly hasNewSecrets: boolean;
  readonly save: () => Promise<void>;
  /** Tests, and saves once that found all it needs. */
  readonly connect: () => Promise<void>;
  readonly isTestedFirst: boolean;
  /** How often it was refused for what is wrong with its fields: time to lead to the first of them. */
  readonly refusals: number;
  readonly saveError: ReturnType<typeof useCommand>['error'];
  readonly isSaving: boolean;
}

interface FormOptions {
  readonly stored: ConnectionDetail | null;
  readonly onSaved: (profileId: number) => void;
  /** It is saved by itself once a test found all it needs: the first connection. */
  readonly isTestedFirst: boolean;
}

const NAME_TAKEN = 'connections.name-taken';

/** The state of the form that adds or edits a connection. */
export function useConnectionForm({ stored, onSaved, isTestedFirst }: FormOptions): ConnectionForm {
  const { connections } = useStatus();
  const [draft, setDraft] = useState(() => (stored ? draftOf(stored.profile) : EMPTY_DRAFT));
  const [wasTried, setTried] = useState(false);
  const [refusals, setRefusals] = useState(0);
  const [changed, setChanged] = useState<ReadonlySet<FieldKey>>(new Set());
  const [isTestOld, setTestOld] = useState(false);
  const [accepted, setAccepted] = useState<Accepted>(NOTHING_ACCEPTED);
  const [acceptsClearText, setAcceptsClearText] = useState(false);
  const test = useConnectionTest();
  const profileId = stored?.profile.id ?? null;
  const taken = connections.filter(({ id }) => id !== profileId).map(({ name }) => name);
  const input = draftInput(draft);
  const saving = useCommand((client, now: Accepted) =>
    client.connections.save({
      profileId,
      draft: writable(input.draft),
      secrets: input.secrets,
      forgets: input.forgets,
      accepted: acceptedInput(now, input.draft),
      acceptsClearText,
    }),
  );
  const own = draftProblems(draft, taken);
  const problems: Problems = {
    ...withoutChanged(problemsOf(test.checks ?? []), changed),
    ...(saving.error?.code === NAME_TAKEN ? { name: `${saving.error.message} ${saving.error.remedy}` } : {}),
    ...(wasTried ? own : {}),
  };
  const isSound = Object.keys(own).length === 0;

  const isReady = () => {
    setTried(true);
    if (!isSound) setRefusals((before) => before + 1);
    return isSound;
  };
  const runTest = async (now: Accepted = accepted) => {
    if (!isReady()) return false;
    setChanged(new Set());
    setTestOld(false);
    return await test.run(profileId, input, now);
  };
  const save = async (now: Accepted = accepted) => {
    if (!isReady()) return;
    const saved = await saving.run(now);
    if (!saved) return;
    announce(`${draft.name.trim()} is saved.`);
    onSaved(saved.profileId);
  };

  const connect = async (now: Accepted = accepted) => {
    if (await runTest(now)) await save(now);
  };
  const accept = (next: Accepted) => {
    setAccepted(next);
    void (isTestedFirst ? connect(next) : runTest(next));
  };

  return {
    draft,
    stored,
    isTestedFirst,
    refusals,
    change: (part, ...fields) => {
      setDraft((before) => ({ ...before, ...part }));
      const { apiUrl } = part;
      if (apiUrl !== undefined) setAccepted((before) => withApiAddress(before, apiUrl));
      // A jump host that was just added is not wrong yet.
      if (part.jumps && part.jumps.length > draft.jumps.length) setTried(false);
      setChanged((before) => new Set([...before, ...fields]));
      setTestOld(true);
      saving.forget();
    },
    problem: (field) => problems[field] ?? null,
    problems,
    keeping: (secret) => keepingOf(stored, draft, secret),
    forget: (secret) => setDraft((before) => withForgotten(before, secret)),
    test,
    isTestOld,
    runTest: () => runTest(),
    acceptHostKey: (offered) => accept(withHostKey(accepted, offered)),
    acceptCertificate: (offered) => accept(withCertificate(accepted, offered)),
    acceptsClearText,
    setAcceptsClearText,
    hasNewSecrets: hasSecrets(input.secrets),
    save: () => save(),
    connect: () => connect(),
    saveError: saving.error?.code === NAME_TAKEN ? null : saving.error,
    isSaving: saving.isRunning,
  };
}

/** A message is about what was tested: once its field is changed it says nothing any more. */
function withoutChanged(problems: Problems, changed: ReadonlySet<FieldKey>): Problems {
  return Object.fromEntries(
    Object.entries(problems).filter(([key]) => ![...changed].some((field) => field === key)),
  );
}

function hasSecrets({ jumps, ...own }: ReturnType<typeof draftInput>['secrets']): boolean {
  return Object.keys(own).length > 0 || (jumps ?? []).some((jump) => Object.keys(jump).length > 0);
}
