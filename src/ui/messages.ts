import type { SessionErrorCode } from '../core/errors.js';
import type { Connection, SessionStatus } from '../core/snapshot.js';
import type { EndReason } from '../core/types.js';

/** Every text that the components show or announce. Replace it as a whole, or spread `en` and change parts. */
export interface Messages {
  /** A BCP 47 tag, for numbers and durations. */
  locale: string;
  /** The text of `SignInButton`. */
  signIn: string;
  /** The badge's text for the session's status. */
  status: Record<SessionStatus, string>;
  /** The text that the badge adds while the connection is not `online`. */
  connection: Record<Exclude<Connection, 'online'>, string>;
  /** The accessible names of the counters. */
  timeLeft: Record<'session' | 'access-token', string>;
  /** The texts of `SessionExpiryDialog` and `useExpiryPrompt()`. */
  expiry: {
    title: string;
    /** What happens, and when: `time` is a time of day, with the date if it is another day. */
    description: (time: string) => string;
    /** The description when the session cannot be extended. */
    fixedDescription: (time: string) => string;
    /** The description when too little time is left to respond. */
    lateDescription: (time: string) => string;
    stay: string;
    staying: string;
    signOut: string;
    signingOut: string;
    /** Announced on opening and at 2 min, 1 min, 40 s and 20 s; `duration` is in words. */
    remaining: (duration: string) => string;
    /** The text of the button that opens the dialog again after "Not now". */
    reminder: (time: string) => string;
    /** Added before the title of a hidden tab. */
    titlePrefix: string;
  };
  /** Shown and announced for ten seconds when the user has stayed or signed in. */
  result: {
    signedInUntil: (time: string) => string;
    /** Without a known end. */
    signedIn: string;
  };
  /** The texts of `ReloginDialog` and `useLoginPrompt()`. */
  relogin: {
    title: string;
    /** The title when a call waits for a sign-in while the session itself is valid. */
    tokenTitle: string;
    /** Why the session ended. */
    reason: Record<EndReason, string>;
    /** The reason shown with `tokenTitle`. */
    tokenReason: string;
    nothingLost: string;
    /** Shown above the name of the session's user, who may not be signed in any more. */
    signedInAs: string;
    signIn: string;
    signingIn: string;
    /** Shown while the sign-in is in progress in another window. */
    finish: string;
    notNow: string;
    /** The text of the button that opens the dialog again after "Not now". */
    reminder: string;
    /** Added before the title of a hidden tab. */
    titlePrefix: string;
  };
  /** For the user: what failed and what to do. `other` serves the codes without a text. */
  failure: Partial<Record<SessionErrorCode, string>> & { other: string };
}

/** English, the default. */
export const en: Messages = {
  locale: 'en',
  signIn: 'Sign in',
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
    description: (time) =>
      `You will be signed out at ${time}. Stay signed in to carry on where you are.`,
    fixedDescription: (time) =>
      `You will be signed out at ${time}. This session cannot be extended. Sign in again to carry on where you are.`,
    lateDescription: (time) =>
      `You will be signed out at ${time}. There is too little time left to extend this session. Sign in again to carry on where you are.`,
    stay: 'Stay signed in',
    staying: 'Staying signed in…',
    signOut: 'Sign out',
    signingOut: 'Signing out…',
    remaining: (duration) => `Your session ends in ${duration}.`,
    reminder: (time) => `You will be signed out at ${time}. Sign in again`,
    titlePrefix: 'Session ending',
  },
  result: {
    signedInUntil: (time) => `Signed in until ${time}.`,
    signedIn: 'You are signed in.',
  },
  relogin: {
    title: 'Your session has ended',
    tokenTitle: 'Please sign in again',
    reason: {
      'signed-out': 'You signed out.',
      idle: 'You were signed out because there was no activity for a while.',
      lifetime: 'You were signed out because the session reached its time limit.',
      revoked: 'Your sign-in service ended the session.',
      'token-refresh-failed': 'Your sign-in service would not renew the session.',
      'signed-out-elsewhere': 'The session was ended in another tab.',
    },
    tokenReason: 'Your sign-in service asks for it before this can go on.',
    nothingLost: 'What you were doing is still on this page.',
    signedInAs: 'Your account',
    signIn: 'Sign in again',
    signingIn: 'Signing in…',
    finish: 'Finish signing in where it has opened.',
    notNow: 'Not now',
    reminder: 'Session ended. Sign in again',
    titlePrefix: 'Session ended',
  },
  failure: {
    ERR_POPUP_BLOCKED:
      'Your browser blocked the sign-in window. Allow pop-ups for this site, then try again.',
    ERR_LOGIN_CANCELLED:
      'The sign-in window was closed before you had finished. Try again when you are ready.',
    ERR_NETWORK: 'The sign-in service could not be reached. Check your connection, then try again.',
    ERR_TIMEOUT: 'The sign-in service took too long to answer. Try again in a moment.',
    ERR_RATE_LIMITED: 'The sign-in service is busy. Try again in a moment.',
    ERR_SERVER: 'The sign-in service is having trouble. Try again in a moment.',
    ERR_BAD_RESPONSE:
      'The answer did not come from the sign-in service. Check your connection, then try again.',
    ERR_EXPIRED_SESSION: 'It was too late: the session has ended. Sign in again to carry on.',
    ERR_MISSING_SESSION: 'You are not signed in yet. Try again, and finish signing in.',
    ERR_NOT_SUPPORTED: 'This cannot be done here. Reload the page and sign in.',
    other: 'That did not work. Try again in a moment.',
  },
};

/** Simplified Chinese. */
export const zhCN: Messages = {
  locale: 'zh-CN',
  signIn: '登录',
  status: {
    loading: '正在检查登录状态',
    'signed-out': '已退出登录',
    active: '已登录',
    expiring: '即将到期',
    expired: '会话已结束',
  },
  connection: { offline: '网络已断开', degraded: '登录服务无响应' },
  timeLeft: { session: '会话剩余时间', 'access-token': '访问令牌剩余时间' },
  expiry: {
    title: '您的会话即将结束',
    description: (time) => `您将于 ${time} 自动退出登录。选择“保持登录”即可继续当前操作。`,
    fixedDescription: (time) =>
      `您将于 ${time} 自动退出登录。本次会话无法延长，重新登录即可继续当前操作。`,
    lateDescription: (time) =>
      `您将于 ${time} 自动退出登录。剩余时间过短，已来不及延长会话，重新登录即可继续当前操作。`,
    stay: '保持登录',
    staying: '正在保持登录…',
    signOut: '退出登录',
    signingOut: '正在退出…',
    remaining: (duration) => `您的会话将在${duration}后结束。`,
    reminder: (time) => `您将于 ${time} 退出登录，请重新登录`,
    titlePrefix: '会话即将结束',
  },
  result: {
    signedInUntil: (time) => `登录状态将保持到 ${time}。`,
    signedIn: '您已登录。',
  },
  relogin: {
    title: '您的会话已结束',
    tokenTitle: '请重新登录',
    reason: {
      'signed-out': '您已退出登录。',
      idle: '由于长时间没有操作，系统已自动退出登录。',
      lifetime: '由于会话已达时限，系统已自动退出登录。',
      revoked: '登录服务已终止本次会话。',
      'token-refresh-failed': '登录服务未能续期本次会话。',
      'signed-out-elsewhere': '会话已在另一个标签页中结束。',
    },
    tokenReason: '登录服务要求您重新登录后才能继续。',
    nothingLost: '您刚才的内容仍保留在本页面中。',
    signedInAs: '登录账号',
    signIn: '重新登录',
    signingIn: '正在登录…',
    finish: '请在打开的登录页面中完成登录。',
    notNow: '暂不登录',
    reminder: '会话已结束，请重新登录',
    titlePrefix: '会话已结束',
  },
  failure: {
    ERR_POPUP_BLOCKED: '浏览器拦截了登录窗口。请允许本网站弹出窗口，然后重试。',
    ERR_LOGIN_CANCELLED: '登录窗口在登录完成前被关闭。准备好后请重试。',
    ERR_NETWORK: '无法连接登录服务。请检查网络后重试。',
    ERR_TIMEOUT: '登录服务响应超时。请稍后重试。',
    ERR_RATE_LIMITED: '登录服务繁忙。请稍后重试。',
    ERR_SERVER: '登录服务出现故障。请稍后重试。',
    ERR_BAD_RESPONSE: '收到的响应并非来自登录服务。请检查网络后重试。',
    ERR_EXPIRED_SESSION: '已来不及：会话已经结束。请重新登录。',
    ERR_MISSING_SESSION: '您尚未登录。请重试并完成登录。',
    ERR_NOT_SUPPORTED: '此处无法执行该操作。请刷新页面后登录。',
    other: '操作未成功，请稍后重试。',
  },
};
