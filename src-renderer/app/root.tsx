import { useStatusOrNull } from './backend-context.tsx';
import { Desk } from './desk.tsx';
import { Connecting } from './connecting.tsx';

/** Nothing is drawn before the first status; from then on the window never goes blank again. */
export function Root() {
  return useStatusOrNull() ? <Desk /> : <Connecting />;
}
