import type { TimelineMessages } from '../timeline/messages.js';
import type { Messages } from './types.js';

/** Korean. */
export const ko: Messages = {
  locale: 'ko',
  signIn: '로그인',
  status: {
    loading: '로그인 상태 확인 중',
    'signed-out': '로그아웃됨',
    active: '로그인됨',
    expiring: '곧 종료됨',
    expired: '세션 종료됨',
  },
  connection: { offline: '오프라인', degraded: '로그인 서비스 응답 없음' },
  timeLeft: {
    session: '세션 남은 시간',
    'access-token': '액세스 토큰 남은 시간',
  },
  expiry: {
    title: '세션이 곧 종료됩니다',
    description: (time) =>
      `${time}에 자동으로 로그아웃됩니다. 계속 작업하려면 로그인 상태를 유지하세요.`,
    fixedDescription: (time) =>
      `${time}에 자동으로 로그아웃됩니다. 이 세션은 연장할 수 없습니다. 계속 작업하려면 다시 로그인하세요.`,
    lateDescription: (time) =>
      `${time}에 자동으로 로그아웃됩니다. 남은 시간이 부족하여 세션을 연장할 수 없습니다. 계속 작업하려면 다시 로그인하세요.`,
    stay: '로그인 유지',
    staying: '세션 연장 중…',
    signOut: '로그아웃',
    signingOut: '로그아웃 중…',
    remaining: (duration) => `${duration} 후에 세션이 종료됩니다.`,
    reminder: (time) => `${time}에 로그아웃됩니다. 다시 로그인`,
    titlePrefix: '세션 종료 예정',
  },
  result: {
    signedInUntil: (time) => `${time}까지 로그인 상태가 유지됩니다.`,
    signedIn: '로그인되었습니다.',
  },
  relogin: {
    title: '세션이 종료되었습니다',
    tokenTitle: '다시 로그인해 주세요',
    reason: {
      'signed-out': '로그아웃했습니다.',
      idle: '일정 시간 동안 활동이 없어 로그아웃되었습니다.',
      lifetime: '세션 유효 시간이 만료되어 로그아웃되었습니다.',
      revoked: '로그인 서비스에서 세션을 종료했습니다.',
      'token-refresh-failed': '로그인 서비스에서 세션을 갱신하지 못했습니다.',
      'signed-out-elsewhere': '다른 탭에서 세션이 종료되었습니다.',
    },
    tokenReason: '계속하려면 로그인 서비스에 다시 로그인해야 합니다.',
    nothingLost: '작업하던 내용은 이 페이지에 그대로 있습니다.',
    signedInAs: '내 계정',
    signIn: '다시 로그인',
    signingIn: '로그인 중…',
    finish: '열린 창에서 로그인을 완료하세요.',
    notNow: '나중에',
    reminder: '세션이 종료되었습니다. 다시 로그인',
    titlePrefix: '세션 종료됨',
  },
  failure: {
    ERR_POPUP_BLOCKED:
      '브라우저에서 로그인 창을 차단했습니다. 이 사이트의 팝업을 허용한 후 다시 시도하세요.',
    ERR_LOGIN_CANCELLED: '로그인을 완료하기 전에 창이 닫혔습니다. 준비되면 다시 시도하세요.',
    ERR_NETWORK: '로그인 서비스에 연결할 수 없습니다. 네트워크 연결을 확인한 후 다시 시도하세요.',
    ERR_TIMEOUT: '로그인 서비스의 응답이 지연되고 있습니다. 잠시 후 다시 시도하세요.',
    ERR_RATE_LIMITED: '로그인 서비스 이용자가 많습니다. 잠시 후 다시 시도하세요.',
    ERR_SERVER: '로그인 서비스에 문제가 발생했습니다. 잠시 후 다시 시도하세요.',
    ERR_BAD_RESPONSE:
      '로그인 서비스가 보낸 응답이 아닙니다. 네트워크 연결을 확인한 후 다시 시도하세요.',
    ERR_EXPIRED_SESSION: '세션이 이미 종료되었습니다. 계속하려면 다시 로그인하세요.',
    ERR_MISSING_SESSION: '아직 로그인하지 않았습니다. 다시 시도하여 로그인을 완료하세요.',
    ERR_NOT_SUPPORTED: '여기에서는 실행할 수 없습니다. 페이지를 새로 고친 후 로그인하세요.',
    other: '작업을 완료하지 못했습니다. 잠시 후 다시 시도하세요.',
  },
};

/** For `SessionTimeline`: `{ ...ko, timeline: koTimeline }`. */
export const koTimeline: TimelineMessages = {
  title: '시간에 따른 세션과 액세스 토큰',
  session: '세션',
  accessToken: (name) => (name === null ? '액세스 토큰' : `액세스 토큰(${name})`),
  status: {
    loading: '확인 중',
    'signed-out': '로그아웃됨',
    expired: '종료됨',
  },
  reason: {
    'signed-out': '로그아웃',
    idle: '활동 없음',
    lifetime: '유효 시간 만료',
    revoked: '로그인 서비스에서 종료',
    'token-refresh-failed': '새 액세스 토큰 없음',
    'signed-out-elsewhere': '다른 탭에서 로그아웃',
  },
  noToken: '없음',
  end: {
    idle: '활동이 없을 경우 종료',
    lifetime: '종료',
    'access-token': '액세스 토큰과 함께 종료',
    latest: '최대 종료 시각',
    token: '만료',
  },
  endsAt: (end, time) => `${end}: ${time}`,
  endUnknown: '종료 시각 알 수 없음',
  event: {
    activity: '활동',
    extended: '연장',
    refreshed: '갱신',
    failed: '실패',
  },
  withDetail: (text, detail) => `${text}: ${detail}`,
  legend: {
    life: '남은 시간',
    window: '갱신 가능 구간',
    warning: '경고',
    refreshed: '갱신 또는 연장',
    failed: '실패',
    activity: '활동',
    'latest-end': '최대 종료 시각',
  },
  table: {
    columns: ['대상', '이벤트', '시각'],
    started: '시작',
    issued: '발급',
    between: (from, to) => `${from}부터 ${to}까지`,
  },
};
