import { useEffect, useMemo, useRef, useState } from 'react';
import { announce } from '../../ui/announce.ts';
import { useStatus } from '../backend-context.tsx';
import { readConnectionsAddress } from '../routes.ts';
import { useRoute } from '../use-route.ts';
import { needWords, openNeeds, type OpenNeed } from './needs.ts';

/** What connections wait for and a person has not put off yet; what is answered leaves by itself. */
export function useArrivingNeeds(): readonly [readonly OpenNeed[], (open: OpenNeed) => void] {
  const { connections } = useStatus();
  const needs = useMemo(() => openNeeds(connections), [connections]);
  const [putOff, setPutOff] = useState<ReadonlySet<string>>(new Set());
  const told = useRef<ReadonlySet<string>>(new Set());
  useEffect(() => {
    const fresh = needs.filter(({ key }) => !told.current.has(key));
    told.current = new Set(needs.map(({ key }) => key));
    setPutOff((before) => stillThere(before, told.current));
    for (const open of fresh) {
      const { title, isAlarm } = needWords(open);
      announce(`${open.name} needs you. ${title}`, isAlarm ? 'assertive' : 'polite');
    }
  }, [needs]);
  const isTold = useToldBeside();
  return [
    needs.filter((open) => !putOff.has(open.key) && !isTold(open)),
    ({ key }) => setPutOff((before) => new Set([...before, key])),
  ];
}

/** In the settings a need stands beside its connection already. */
function useToldBeside(): (open: OpenNeed) => boolean {
  const { place, part, params } = useRoute();
  if (place !== 'settings' || (part !== null && part !== 'connections')) return () => false;
  const address = readConnectionsAddress(params);
  return ({ profileId }) =>
    address.mode === 'list' || (address.mode === 'show' && address.profileId === profileId);
}

/** What was answered and is asked again is told again. */
function stillThere(putOff: ReadonlySet<string>, keys: ReadonlySet<string>): ReadonlySet<string> {
  const kept = [...putOff].filter((key) => keys.has(key));
  return kept.length === putOff.size ? putOff : new Set(kept);
}
