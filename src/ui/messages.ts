import type { SessionErrorCode } from '../core/errors.js';
import type { Connection, EndReason, SessionStatus } from '../core/snapshot.js';

/** Every text that the components show or speak. Replace it as a whole, or spread `en` and change parts. */
export interface Messages {
  /** A BCP 47 tag, for numbers and durations. */
  locale: string;
  status: Record<SessionStatus, string>;
  connection: Record<Exclude<Connection, 'online'>, string>;
  /** Names the counters for a screen reader. */
  timeLeft: Record<'session' | 'access-token', string>;
  expiry: {
    title: string;
    /** Says what happens; static, so that it is read once. */
    description: string;
    /** The same where the end cannot be moved. */
    fixedDescription: string;
    stay: string;
    staying: string;
    signOut: string;
    signInAgain: string;
    dismiss: string;
    /** What a screen reader is told at 2 min, 1 min, 40 s and 20 s. */
    remaining: (duration: string) => string;
    /** Prefixed to the title of a hidden tab. */
    titlePrefix: string;
  };
  relogin: {
    title: string;
    /** For a call that waits though the session itself goes on. */
    tokenTitle: string;
    reason: Record<EndReason, string>;
    tokenReason: string;
    nothingLost: string;
    /** Whose session it was. */
    signedInAs: (name: string) => string;
    signIn: string;
    signingIn: string;
    notNow: string;
  };
  /** What went wrong, in a person's words; `other` for codes without their own. */
  failure: Partial<Record<SessionErrorCode, string>> & { other: string };
}

/** English, the default. */
export const en: Messages = {
  locale: 'en',
  status: {
    loading: 'Checking your session',
    'signed-out': 'Signed out',
    active: 'Signed in',
    expiring: 'Ending soon',
    expired: 'Session ended',
  },
  connection: { offline: 'Offline', degraded: 'Sign-in service not answering' },
  timeLeft: {
    session: 'Time left in this session',
    'access-token': 'Time left of the access token',
  },
  expiry: {
    title: 'Your session is about to end',
    description:
      'You will be signed out when the time is up. Stay signed in to go on where you are.',
    fixedDescription:
      'This session cannot be extended. Sign in again to go on where you are; nothing on this page is lost.',
    stay: 'Stay signed in',
    staying: 'One moment…',
    signOut: 'Sign out',
    signInAgain: 'Sign in again',
    dismiss: 'Not now',
    remaining: (duration) => `Your session ends in ${duration}.`,
    titlePrefix: 'Session ending',
  },
  relogin: {
    title: 'Your session has ended',
    tokenTitle: 'Please sign in again',
    reason: {
      'signed-out': 'You have signed out.',
      idle: 'You have not been active for a while.',
      lifetime: 'It has lasted as long as it may.',
      revoked: 'It was ended by the sign-in service.',
      'token-unobtainable': 'The sign-in service no longer renews it.',
      elsewhere: 'You have signed out in another tab.',
    },
    tokenReason: 'The sign-in service asks for it before this page can go on.',
    nothingLost: 'What you were doing is still here, and goes on once you are back.',
    signedInAs: (name) => `You were signed in as ${name}.`,
    signIn: 'Sign in again',
    signingIn: 'Signing in…',
    notNow: 'Not now',
  },
  failure: {
    ERR_POPUP_BLOCKED:
      'Your browser blocked the sign-in window. Allow pop-ups for this page, then try again.',
    ERR_LOGIN_CANCELLED:
      'The sign-in window was closed before you were done. Try again when you are ready.',
    ERR_NETWORK: 'The sign-in service could not be reached. Check your connection, then try again.',
    ERR_TIMEOUT: 'The sign-in service took too long to answer. Try again in a moment.',
    ERR_RATE_LIMITED: 'The sign-in service is busy. Try again in a moment.',
    ERR_EXPIRED_SESSION: 'It was too late: the session has ended.',
    other: 'That did not work. Try again.',
  },
};

/** Simplified Chinese. */
export const zhCN: Messages = {
  locale: 'zh-CN',
  status: {
    loading: '正在检查会话',
    'signed-out': '已退出登录',
    active: '已登录',
    expiring: '即将到期',
    expired: '会话已结束',
  },
  connection: { offline: '离线', degraded: '登录服务无响应' },
  timeLeft: { session: '会话剩余时间', 'access-token': '访问令牌剩余时间' },
  expiry: {
    title: '您的会话即将结束',
    description: '时间到后您将被退出登录。选择保持登录即可继续当前操作。',
    fixedDescription: '此会话无法延长。请重新登录以继续当前操作，页面上的内容不会丢失。',
    stay: '保持登录',
    staying: '请稍候…',
    signOut: '退出登录',
    signInAgain: '重新登录',
    dismiss: '暂不',
    remaining: (duration) => `您的会话将在 ${duration}后结束。`,
    titlePrefix: '会话即将结束',
  },
  relogin: {
    title: '您的会话已结束',
    tokenTitle: '请重新登录',
    reason: {
      'signed-out': '您已退出登录。',
      idle: '您已有一段时间没有操作。',
      lifetime: '会话已达到最长时限。',
      revoked: '登录服务已终止此会话。',
      'token-unobtainable': '登录服务不再续期此会话。',
      elsewhere: '您已在另一个标签页中退出登录。',
    },
    tokenReason: '登录服务要求您重新登录，页面才能继续。',
    nothingLost: '您正在进行的操作仍然保留，登录后即可继续。',
    signedInAs: (name) => `您之前以 ${name} 的身份登录。`,
    signIn: '重新登录',
    signingIn: '正在登录…',
    notNow: '暂不',
  },
  failure: {
    ERR_POPUP_BLOCKED: '浏览器拦截了登录窗口。请允许此页面弹出窗口，然后重试。',
    ERR_LOGIN_CANCELLED: '登录尚未完成，登录窗口已被关闭。准备好后请重试。',
    ERR_NETWORK: '无法连接登录服务。请检查网络后重试。',
    ERR_TIMEOUT: '登录服务响应超时。请稍后重试。',
    ERR_RATE_LIMITED: '登录服务繁忙。请稍后重试。',
    ERR_EXPIRED_SESSION: '为时已晚：会话已经结束。',
    other: '操作未成功，请重试。',
  },
};
