'use client';
import { createContext, type ReactNode, useContext } from 'react';
import { en, type Messages } from './messages.js';

const MessagesContext = createContext<Messages>(en);

export interface SessionMessagesProps {
  /** The texts of all components below it. */
  messages: Messages;
  children?: ReactNode;
}

/** Sets the texts of all components below it; a component's own `messages` prop takes precedence. */
export function SessionMessages({ messages, children }: SessionMessagesProps): ReactNode {
  return <MessagesContext.Provider value={messages}>{children}</MessagesContext.Provider>;
}

/** The texts to use: `own`, else those of the nearest `SessionMessages`, else English. */
export function useMessages(own?: Messages): Messages {
  const inherited = useContext(MessagesContext);
  return own ?? inherited;
}
