import { existsSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';
import { configurationJson } from '../api/configuration-json.ts';
import type { LabRule } from '../alerts/lab-rules.ts';
import type { DeclaredResponse } from './execd.ts';

/** The lines of ar.conf, which every agent gets with its shared files. */
export function declaredResponses(root: string): readonly DeclaredResponse[] {
  const path = join(root, 'etc/shared/ar.conf');
  const lines = existsSync(path) ? readFileSync(path, 'utf8').split('\n') : [];
  return lines.flatMap((line) => {
    const [name = '', executable] = line.split(' - ');
    return executable === undefined ? [] : [{ name, executable }];
  });
}

/** An `<active-response>` of ossec.conf with its command. */
export interface BoundResponse {
  /** As in ar.conf: the command's name and its timeout. */
  readonly name: string;
  readonly option: string;
  readonly ruleIds: readonly string[];
  readonly ruleGroups: readonly string[];
}

const configuration = z.object({
  command: z.array(z.object({ name: z.string(), extra_args: z.string().default('') })).default([]),
  'active-response': z
    .array(
      z.object({
        disabled: z.string().default('no'),
        // A section of that name is a list wherever it stands.
        command: z.tuple([z.string()], z.string()).transform(([name]) => name),
        location: z.string().default(''),
        timeout: z.string().default('0'),
        rules_id: z.string().default(''),
        rules_group: z.string().default(''),
      }),
    )
    .default([]),
});

/** Those that run where the alert comes from. Configuration that cannot be read binds nothing. */
export class BoundResponses {
  readonly #path: string;
  #readAt = -1;
  #bound: readonly BoundResponse[] = [];

  constructor(root: string) {
    this.#path = join(root, 'etc/ossec.conf');
  }

  to({ id, groups }: LabRule): readonly BoundResponse[] {
    this.#refresh();
    const ofRule = groups.split(',');
    return this.#bound.filter(
      ({ ruleIds, ruleGroups }) => ruleIds.includes(id) || ruleGroups.some((group) => ofRule.includes(group)),
    );
  }

  #refresh(): void {
    const changedAt = statSync(this.#path, { throwIfNoEntry: false })?.mtimeMs ?? -1;
    if (changedAt === this.#readAt) return;
    this.#readAt = changedAt;
    this.#bound = changedAt === -1 ? [] : boundIn(readFileSync(this.#path, 'utf8'));
  }
}

function boundIn(text: string): readonly BoundResponse[] {
  const read = configuration.safeParse(configurationJson(text) ?? {});
  if (!read.success) return [];
  const { command: commands, 'active-response': responses } = read.data;
  return responses.flatMap((response) => {
    const command = commands.find(({ name }) => name === response.command);
    if (!command || response.disabled === 'yes' || response.location !== 'local') return [];
    return [
      {
        name: `${command.name}${response.timeout}`,
        option: command.extra_args,
        ruleIds: listed(response.rules_id),
        ruleGroups: listed(response.rules_group),
      },
    ];
  });
}

function listed(text: string): readonly string[] {
  return text
    .split(/[,|]/)
    .map((word) => word.trim())
    .filter(Boolean);
}
