import type { ReactNode } from 'react';

/** Classes to add to the parts of a component, by the name of the part. */
export type PartClassNames<Part extends string> = { readonly [Name in Part]?: string | undefined };

/**
 * Content in place of the standard content of a part. A function gets the state that the component shows, and the
 * standard content, to extend it; `null` renders nothing.
 */
export type Slot<State> = ReactNode | ((state: State, standard: ReactNode) => ReactNode);

export function renderSlot<State>(
  slot: Slot<State>,
  state: State,
  standard: ReactNode = null,
): ReactNode {
  if (typeof slot === 'function') return slot(state, standard);
  return slot === undefined ? standard : slot;
}
