import type { ServerResponse } from 'node:http';
import type { Situation } from '../../../src/testing/index.js';
import { respond } from '../../snippets/ownApp/respond.js';

const faults: readonly Situation[] = [
  'unreachable',
  'hanging',
  'HTTP 429',
  'HTTP 500 with HTML',
  'HTML',
  'an empty body',
  'a body of 5 MB',
];

/** Answers a request in place of the server if the situation is one in which no request reaches it. */
export function answerFault(response: ServerResponse, situation: Situation): boolean {
  const isFault = faults.includes(situation);
  if (isFault) respond(response, situation, () => [500]);
  return isFault;
}
