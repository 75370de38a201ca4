import type { TimelineMessages } from '../timeline/messages.js';
import type { Messages } from './types.js';

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

/** For `SessionTimeline`: `{ ...zhCN, timeline: zhCNTimeline }`. */
export const zhCNTimeline: TimelineMessages = {
  title: '会话与访问令牌时间线',
  session: '会话',
  accessToken: (name) => (name === null ? '访问令牌' : `访问令牌（${name}）`),
  status: {
    loading: '正在检查',
    'signed-out': '已退出登录',
    expired: '已结束',
  },
  reason: {
    'signed-out': '已退出登录',
    idle: '长时间没有操作',
    lifetime: '已达时限',
    revoked: '已被撤销',
    'token-refresh-failed': '未能获取新的访问令牌',
    'signed-out-elsewhere': '已在另一个标签页中退出登录',
  },
  noToken: '无',
  end: {
    idle: '无操作时结束',
    lifetime: '结束',
    'access-token': '随访问令牌一同结束',
    latest: '最迟结束',
    token: '到期',
  },
  endsAt: (end, time) => `${end}：${time}`,
  endUnknown: '结束时间未知',
  event: {
    activity: '用户操作',
    extended: '已延长',
    refreshed: '已刷新',
    failed: '失败',
  },
  withDetail: (text, detail) => `${text}：${detail}`,
  legend: {
    life: '剩余时间',
    window: '刷新时段',
    warning: '到期提醒',
    refreshed: '已刷新或延长',
    failed: '失败',
    activity: '用户操作',
    'latest-end': '最迟结束时间',
  },
  table: {
    columns: ['对象', '事件', '时间'],
    started: '开始',
    issued: '签发',
    between: (from, to) => `${from} 至 ${to}`,
  },
};
