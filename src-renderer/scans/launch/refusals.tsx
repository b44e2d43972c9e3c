import { useState } from 'react';
import { visibleText } from '../../../src-shared/formats/visible-text.ts';
import { countOf } from '../../ui/format.ts';
import { Notice } from '../../ui/notice.tsx';
import { TextButton } from '../../ui/text-button.tsx';
import { listed } from './merge-preflight.ts';
import type { RefusedGroup } from './plan-words.ts';
import styles from './refusals.module.css';

const GROUPS_SHOWN = 3;
const NAMES_SHOWN = 4;

/** The agents that are left out of it, and why, before anything is tried. */
export function Refusals({ groups, of }: { readonly groups: readonly RefusedGroup[]; readonly of: number }) {
  const [isWhole, setWhole] = useState(false);
  const left = groups.reduce((sum, { agents }) => sum + agents.length, 0);
  if (left === 0) return null;
  const shown = isWhole ? groups : groups.slice(0, GROUPS_SHOWN);
  return (
    <Notice tone={left === of ? 'error' : 'plain'} title={titleOf(left, of)} mark="failed">
      <ul className={styles.groups}>
        {shown.map(({ message, remedy, agents }) => (
          <li key={message}>
            <b className={styles.who}>
              {listed(
                agents.map(({ agentName }) => visibleText(agentName)),
                isWhole ? agents.length : NAMES_SHOWN,
              )}
            </b>{' '}
            {message} {remedy}
          </li>
        ))}
      </ul>
      {!isWhole &&
        (groups.length > GROUPS_SHOWN || groups.some(({ agents }) => agents.length > NAMES_SHOWN)) && (
          <TextButton onPress={() => setWhole(true)}>Show all {left}</TextButton>
        )}
    </Notice>
  );
}

function titleOf(left: number, of: number): string {
  if (left < of) return `${countOf(left, 'agent')} of ${of} left out`;
  return of === 1 ? 'It cannot be sent to this agent' : `It can be sent to none of the ${of} agents`;
}
