import { defaultToken, isInUse, isValid, tokenOf } from './accessToken.js';
import { backoff } from './backoff.js';
import { serverNow } from './clock.js';
import type { Config } from './config.js';
import { isOpen, type TokenFact } from './facts.js';
import { drawRefresh } from './refreshWindow.js';
import { changeRequest, finishRequest } from './requests.js';
import { learnFromToken, type TokenAnswer } from './serverTime.js';
import { type Draft, requestOf, stampNow } from './state.js';
import { settleVerification, verifyWithSource } from './verification.js';

const never = Number.POSITIVE_INFINITY;
/** A token that nothing uses is kept while it is valid and among so many latest ones. */
const mostUnused = 50;

/** The source has issued a token. One that has expired already, or is another user's, is no answer. */
export function receiveToken(s: Draft, key: string, answer: TokenAnswer, config: Config): void {
  const token = learnFromToken(s, answer);
  if (token.expiresAt !== undefined && token.expiresAt <= serverNow(s.clock)) return;
  if (!isOpen(s.signIn)) return;
  const { user, session } = s.signIn;
  if (token.sub !== undefined && token.sub !== session.user.sub) return verifyWithSource(s);
  const before = tokenOf(s, key)?.token;
  finishRequest(s, key);
  throttle(s, key, !before?.expiresAt || (token.expiresAt ?? never) > before.expiresAt);
  const { device, offset } = s.clock;
  const issuedAt = Math.min((token.issuedAt ?? never) - offset, device);
  const stamp = stampNow(s);
  const fact: TokenFact = {
    stamp,
    newest: stamp,
    user,
    token,
    issuedAt,
    expiresAt: (token.expiresAt ?? never) - offset,
    refreshAt:
      drawRefresh(
        token,
        issuedAt + offset,
        serverNow(s.clock),
        config.refreshWindow,
        s.reading.random,
      ) - offset,
  };
  s.tokens = { ...withoutUnused(s, config), [key]: fact };
  if (key === defaultToken) settleVerification(s, token.issuedAt !== undefined);
}

/** Refresh throttle: what did not move the expiry is not repeated before its back-off. */
function throttle(s: Draft, key: string, hasMoved: boolean): void {
  const stalls = hasMoved ? 0 : requestOf(s, key).stalls + 1;
  const notBefore = hasMoved ? 0 : s.clock.device + backoff(stalls, s.reading.random);
  changeRequest(s, key, { stalls, notBefore });
}

function withoutUnused(s: Draft, config: Config): Record<string, TokenFact> {
  const all = Object.entries(s.tokens);
  if (all.length < mostUnused) return s.tokens;
  const isUsed = (key: string): boolean =>
    isInUse(s, config, key) || s.calls.some((call) => call.key === key);
  const isKept = ([key, fact]: [string, TokenFact], index: number): boolean =>
    isUsed(key) || (isValid(s, fact) && index > all.length - mostUnused);
  return Object.fromEntries(all.filter(isKept));
}
