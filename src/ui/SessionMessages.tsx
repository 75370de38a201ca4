'use client';
import { createContext, type ReactNode, useContext } from 'react';
import { en, type Messages } from './messages.js';

const MessagesContext = createContext<Messages>(en);

export interface SessionMessagesProps {
  /** The texts for all components below. */
  messages: Messages;
  children?: ReactNode;
}

/** Sets the language of the components below it, once for all. */
export function SessionMessages({ messages, children }: SessionMessagesProps): ReactNode {
  return <MessagesContext.Provider value={messages}>{children}</MessagesContext.Provider>;
}

/** The texts that hold here. */
export function useMessages(): Messages {
  return useContext(MessagesContext);
}
