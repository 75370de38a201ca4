import type { TimelineMessages } from '../timeline/messages.js';
import type { Messages } from './types.js';

/** Japanese. */
export const ja: Messages = {
  locale: 'ja',
  signIn: 'ログイン',
  status: {
    loading: 'ログイン状態を確認中',
    'signed-out': 'ログアウト済み',
    active: 'ログイン中',
    expiring: 'まもなく終了',
    expired: 'セッション終了',
  },
  connection: { offline: 'オフライン', degraded: '認証サービスが応答していません' },
  timeLeft: {
    session: 'セッションの残り時間',
    'access-token': 'アクセストークンの残り時間',
  },
  expiry: {
    title: 'まもなくセッションが終了します',
    description: (time) =>
      `${time} に自動的にログアウトします。作業を続ける場合は「ログインを継続」を選択してください。`,
    fixedDescription: (time) =>
      `${time} に自動的にログアウトします。このセッションは延長できません。作業を続けるには、もう一度ログインしてください。`,
    lateDescription: (time) =>
      `${time} に自動的にログアウトします。残り時間が短いため、セッションを延長できません。作業を続けるには、もう一度ログインしてください。`,
    stay: 'ログインを継続',
    staying: 'セッションを延長しています…',
    signOut: 'ログアウト',
    signingOut: 'ログアウトしています…',
    remaining: (duration) => `セッションはあと ${duration}で終了します。`,
    reminder: (time) => `${time} にログアウトします。再ログイン`,
    titlePrefix: 'まもなくセッション終了',
  },
  result: {
    signedInUntil: (time) => `${time} までログイン状態が続きます。`,
    signedIn: 'ログインしています。',
  },
  relogin: {
    title: 'セッションが終了しました',
    tokenTitle: 'もう一度ログインしてください',
    reason: {
      'signed-out': 'ログアウトしました。',
      idle: '一定時間操作がなかったため、ログアウトしました。',
      lifetime: 'セッションの有効期限に達したため、ログアウトしました。',
      revoked: '認証サービスによってセッションが終了されました。',
      'token-refresh-failed': '認証サービスでセッションを更新できませんでした。',
      'signed-out-elsewhere': '別のタブでセッションが終了されました。',
    },
    tokenReason: '続行するには、認証サービスへの再ログインが必要です。',
    nothingLost: '作業中の内容はこのページに残っています。',
    signedInAs: 'アカウント',
    signIn: '再ログイン',
    signingIn: 'ログインしています…',
    finish: '開いた画面でログインを完了してください。',
    notNow: '後で',
    reminder: 'セッションが終了しました。再ログイン',
    titlePrefix: 'セッション終了',
  },
  failure: {
    ERR_POPUP_BLOCKED:
      'ブラウザーがログイン画面をブロックしました。このサイトのポップアップを許可してから、もう一度お試しください。',
    ERR_LOGIN_CANCELLED:
      'ログインが完了する前に画面が閉じられました。準備ができたら、もう一度お試しください。',
    ERR_NETWORK: '認証サービスに接続できません。接続を確認してから、もう一度お試しください。',
    ERR_TIMEOUT: '認証サービスからの応答がありません。しばらくしてから、もう一度お試しください。',
    ERR_RATE_LIMITED: '認証サービスが混み合っています。しばらくしてから、もう一度お試しください。',
    ERR_SERVER: '認証サービスで問題が発生しています。しばらくしてから、もう一度お試しください。',
    ERR_BAD_RESPONSE:
      '認証サービス以外からの応答を受信しました。接続を確認してから、もう一度お試しください。',
    ERR_EXPIRED_SESSION:
      'すでにセッションが終了しています。続けるには、もう一度ログインしてください。',
    ERR_MISSING_SESSION: 'まだログインしていません。もう一度試して、ログインを完了してください。',
    ERR_NOT_SUPPORTED: 'ここでは実行できません。ページを再読み込みしてログインしてください。',
    other: '操作を完了できませんでした。しばらくしてから、もう一度お試しください。',
  },
};

/** For `SessionTimeline`: `{ ...ja, timeline: jaTimeline }`. */
export const jaTimeline: TimelineMessages = {
  title: 'セッションとアクセストークンのタイムライン',
  session: 'セッション',
  accessToken: (name) => (name === null ? 'アクセストークン' : `アクセストークン（${name}）`),
  status: {
    loading: '確認中',
    'signed-out': 'ログアウト済み',
    expired: '終了',
  },
  reason: {
    'signed-out': 'ログアウト',
    idle: '一定時間操作なし',
    lifetime: '有効期限に到達',
    revoked: '認証サービスによる終了',
    'token-refresh-failed': 'アクセストークンの更新失敗',
    'signed-out-elsewhere': '別のタブでログアウト',
  },
  noToken: 'なし',
  end: {
    idle: '操作がない場合の終了',
    lifetime: '終了',
    'access-token': 'アクセストークンと同時に終了',
    latest: '最終期限',
    token: '有効期限',
  },
  endsAt: (end, time) => `${end}：${time}`,
  endUnknown: '期限不明',
  event: {
    activity: '操作',
    extended: '延長',
    refreshed: '更新',
    failed: '失敗',
  },
  withDetail: (text, detail) => `${text}：${detail}`,
  legend: {
    life: '残り時間',
    window: '更新期間',
    warning: '警告',
    refreshed: '更新または延長',
    failed: '失敗',
    activity: '操作',
    'latest-end': '最終期限',
  },
  table: {
    columns: ['対象', 'イベント', '時刻'],
    started: '開始',
    issued: '発行',
    between: (from, to) => `${from}から${to}まで`,
  },
};
