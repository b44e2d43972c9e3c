import type { Desk } from '../desk.ts';

/** Pulls a lever of the built-in lab: `world/pause`, `agents/trigger`. Answers what the lever says. */
export async function pull(desk: Desk, lever: string, input: object = {}): Promise<unknown> {
  const answer = await fetch(`${desk.lab.controlUrl}/lab/${lever}`, {
    method: 'POST',
    body: JSON.stringify(input),
  });
  if (answer.status !== 200)
    throw new Error(`/lab/${lever} answered ${answer.status}: ${await answer.text()}`);
  return answer.json();
}
