import { defaultToken, isInUse, isValid, tokenOf } from './accessToken.js';
import { backoff } from './backoff.js';
import { never, serverNow } from './clock.js';
import { type Facts, isOpen, type TokenFact } from './facts.js';
import { filterValues } from './records.js';
import { drawRefresh } from './refreshWindow.js';
import { changeRequest, finishRequest } from './requests.js';
import { learnFromToken, type TokenAnswer } from './serverTime.js';
import { type Draft, requestOf, stampNow } from './state.js';
import { settleVerification, verifyWithSource } from './verification.js';

/** The number of unused tokens that are kept while they are valid. */
const mostUnused = 50;

/** Accepts a token of the source, unless it has already expired or belongs to another user. */
export function receiveToken(s: Draft, key: string, answer: TokenAnswer): void {
  const token = learnFromToken(s, answer);
  const { clock, config, reading, signIn } = s;
  const { expiresAt = never, sub } = token;
  const now = serverNow(clock);
  if (expiresAt <= now || !isOpen(signIn)) return;
  if (sub !== undefined && sub !== signIn.session.user.sub) return verifyWithSource(s);
  const before = tokenOf(s, key)?.token;
  finishRequest(s, key);
  throttle(s, key, !before?.expiresAt || expiresAt > before.expiresAt);
  const stamp = stampNow(s);
  const { device, offset } = clock;
  const issuedAt = Math.min((token.issuedAt ?? never) - offset, device);
  const { refreshWindow } = config;
  const refreshAt = drawRefresh(token, issuedAt + offset, now, refreshWindow, reading.random);
  const fact: TokenFact = {
    stamp,
    newest: stamp,
    user: signIn.user,
    token,
    issuedAt,
    expiresAt: expiresAt - offset,
    refreshAt: refreshAt - offset,
  };
  s.tokens = { ...withoutUnused(s), [key]: fact };
  if (key === defaultToken) settleVerification(s, token.issuedAt !== undefined);
}

/** Refresh throttle: a refresh that did not move the expiry is not repeated before its back-off. */
function throttle(s: Draft, key: string, hasMoved: boolean): void {
  const stalls = hasMoved ? 0 : requestOf(s, key).stalls + 1;
  const notBefore = hasMoved ? 0 : s.clock.device + backoff(stalls, s.reading.random);
  changeRequest(s, key, { stalls, notBefore });
}

function withoutUnused(s: Draft): Facts['tokens'] {
  const count = Object.keys(s.tokens).length;
  if (count < mostUnused) return s.tokens;
  return filterValues(s.tokens, (fact, key, index) => {
    const isUsed = isInUse(s, key) || s.calls.some((call) => call.key === key);
    return isUsed || (isValid(s, fact) && index > count - mostUnused);
  });
}
