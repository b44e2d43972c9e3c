import { eventIterator, oc, type, type Schema } from '@orpc/contract';
import { z } from 'zod';
import type { WireError } from '../errors/domain-error.ts';

/**
 * The three words of the contract. `query` asks, `command` changes something, `events` tells the window as things
 * happen. Every argument has a parser; answers are plain data. A DomainError crosses as the typed error `DOMAIN`.
 */
const base = oc.errors({ DOMAIN: { data: type<WireError>() } });

export const nothing = z.void();

export function query<Input extends z.ZodType, Output>(input: Input, output: Answer<Output>) {
  return base.meta({ word: 'query' }).input(input).output(output);
}
export function command<Input extends z.ZodType, Output>(input: Input, output: Answer<Output>) {
  return base.meta({ word: 'command' }).input(input).output(output);
}
export function events<Input extends z.ZodType, Item>(input: Input, item: Answer<Item>) {
  return base.meta({ word: 'events' }).input(input).output(eventIterator(item));
}

/** Names the type of an answer; answers come from our own side and are not parsed again. */
export const answer = type;
type Answer<T> = Schema<T, T>;
