'use client';
import { createContext, type ReactNode, useContext } from 'react';
import { en, type Messages } from './messages.js';

const MessagesContext = createContext<Messages>(en);

export interface SessionMessagesProps {
  /** The texts for all components below. */
  messages: Messages;
  children?: ReactNode;
}

/** Sets the texts of the components below it, once for all; a component's own `messages` go before. */
export function SessionMessages({ messages, children }: SessionMessagesProps): ReactNode {
  return <MessagesContext.Provider value={messages}>{children}</MessagesContext.Provider>;
}

/** The texts that hold here: `own`, else those set above, else English. */
export function useMessages(own?: Messages): Messages {
  const above = useContext(MessagesContext);
  return own ?? above;
}
