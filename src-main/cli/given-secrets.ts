import { z } from 'zod';
import { DomainError } from '../../src-shared/errors/domain-error.ts';
import type { ProfileSecretsInput } from '../../src-shared/ipc/connections.ts';
import { redactor } from '../log/redactor.ts';

/** Secrets that came with a call. Those of the environment are for this run; what a person or a script enters is kept. */
export interface GivenSecrets {
  readonly fromEnvironment: ProfileSecretsInput;
  readonly entered: ProfileSecretsInput;
}

const secretText = z.string().min(1).max(4096);
const jump = z.strictObject({ password: secretText.optional(), passphrase: secretText.optional() });
const inputSchema = z.strictObject({
  password: secretText.optional(),
  passphrase: secretText.optional(),
  sudoPassword: secretText.optional(),
  apiPassword: secretText.optional(),
  /** By place in `--jump`. */
  jumps: z.array(jump).max(8).optional(),
});

const LONGEST_INPUT = 65_536;

/** Reads the one JSON object of `--secrets-stdin`. Errors: `usage.secrets-stdin`; they never quote what was read. */
export async function readSecrets(input: AsyncIterable<Uint8Array | string>): Promise<ProfileSecretsInput> {
  const pieces: Buffer[] = [];
  let length = 0;
  for await (const piece of input) {
    pieces.push(Buffer.from(piece));
    length += piece.length;
    if (length > LONGEST_INPUT) throw unreadable('It is too long.');
  }
  const parsed = inputSchema.safeParse(parseJson(Buffer.concat(pieces).toString('utf8')));
  if (!parsed.success) {
    const places = parsed.error.issues.map(({ path, code }) =>
      code === 'unrecognized_keys' ? 'a name that is not one of these' : path.join('.'),
    );
    throw unreadable(
      `Wrong: ${[...new Set(places)].filter((place) => place !== '').join(', ') || 'all of it'}.`,
    );
  }
  const { sudoPassword, apiPassword, ...rest } = parsed.data;
  const secrets: ProfileSecretsInput = {
    ...rest,
    ...(sudoPassword !== undefined && { 'sudo-password': sudoPassword }),
    ...(apiPassword !== undefined && { 'api-password': apiPassword }),
  };
  for (const secret of allIn(secrets)) redactor.register(secret);
  return secrets;
}

/** Those of the second come first. */
export function joinSecrets(below: ProfileSecretsInput, above: ProfileSecretsInput): ProfileSecretsInput {
  return { ...below, ...above };
}

function allIn({ jumps = [], ...named }: ProfileSecretsInput): string[] {
  return [named, ...jumps]
    .flatMap((part) => Object.values(part))
    .filter((value) => typeof value === 'string');
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    // An error of JSON.parse quotes the text.
    throw unreadable('It is no JSON.');
  }
}

function unreadable(why: string): DomainError {
  return new DomainError(
    'usage.secrets-stdin',
    `The secrets on standard input cannot be read. ${why}`,
    'Give one JSON object with any of password, passphrase, sudoPassword, apiPassword, each a text: {"password": "…"}.',
  );
}
