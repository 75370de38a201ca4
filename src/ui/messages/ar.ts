import type { TimelineMessages } from '../timeline/messages.js';
import type { Messages } from './types.js';

/**
 * Arabic, worded without the user's gender. A duration stands after a colon, because `Intl` has only its nominative:
 * “دقيقتان”. For a page with `dir="rtl"`.
 */
export const ar: Messages = {
  // The counters have Latin digits in every language; without this, times have Arabic ones in some browsers.
  locale: 'ar-u-nu-latn',
  signIn: 'تسجيل الدخول',
  status: {
    loading: 'جارٍ التحقق من الجلسة',
    'signed-out': 'تم تسجيل الخروج',
    active: 'تم تسجيل الدخول',
    expiring: 'تنتهي قريبًا',
    expired: 'انتهت الجلسة',
  },
  connection: { offline: 'غير متصل بالإنترنت', degraded: 'خدمة تسجيل الدخول لا تستجيب' },
  timeLeft: {
    session: 'الوقت المتبقي من الجلسة',
    'access-token': 'الوقت المتبقي لرمز الوصول',
  },
  expiry: {
    title: 'جلستك على وشك الانتهاء',
    description: (time) =>
      `موعد تسجيل الخروج التلقائي: ${time}. يمكنك البقاء قيد تسجيل الدخول لمتابعة عملك.`,
    fixedDescription: (time) =>
      `موعد تسجيل الخروج التلقائي: ${time}. لا يمكن تمديد هذه الجلسة. يُرجى تسجيل الدخول مجددًا لمتابعة عملك.`,
    lateDescription: (time) =>
      `موعد تسجيل الخروج التلقائي: ${time}. لم يتبقَّ وقت كافٍ لتمديد الجلسة. يُرجى تسجيل الدخول مجددًا لمتابعة عملك.`,
    stay: 'البقاء قيد تسجيل الدخول',
    staying: 'جارٍ تمديد الجلسة…',
    signOut: 'تسجيل الخروج',
    signingOut: 'جارٍ تسجيل الخروج…',
    remaining: (duration) => `الوقت المتبقي حتى انتهاء جلستك: ${duration}.`,
    reminder: (time) => `موعد تسجيل الخروج: ${time}. تسجيل الدخول مجددًا`,
    titlePrefix: 'الجلسة على وشك الانتهاء',
  },
  result: {
    signedInUntil: (time) => `تم تسجيل الدخول. موعد انتهاء الجلسة: ${time}.`,
    signedIn: 'تم تسجيل الدخول.',
  },
  relogin: {
    title: 'انتهت جلستك',
    tokenTitle: 'يُرجى تسجيل الدخول مجددًا',
    reason: {
      'signed-out': 'تم تسجيل خروجك بناءً على طلبك.',
      idle: 'تم تسجيل خروجك بسبب عدم وجود أي نشاط لفترة من الوقت.',
      lifetime: 'تم تسجيل خروجك لأن الجلسة بلغت مدتها القصوى.',
      revoked: 'أنهت خدمة تسجيل الدخول الجلسة.',
      'token-refresh-failed': 'لم تجدّد خدمة تسجيل الدخول الجلسة.',
      'signed-out-elsewhere': 'تم إنهاء الجلسة في علامة تبويب أخرى.',
    },
    tokenReason: 'تطلب خدمة تسجيل الدخول إعادة تسجيل الدخول قبل المتابعة.',
    nothingLost: 'لا يزال عملك موجودًا في هذه الصفحة.',
    signedInAs: 'حسابك',
    signIn: 'تسجيل الدخول مجددًا',
    signingIn: 'جارٍ تسجيل الدخول…',
    finish: 'يُرجى إكمال تسجيل الدخول في النافذة المفتوحة.',
    notNow: 'ليس الآن',
    reminder: 'انتهت الجلسة. تسجيل الدخول',
    titlePrefix: 'انتهت الجلسة',
  },
  failure: {
    ERR_POPUP_BLOCKED:
      'حظر المتصفح نافذة تسجيل الدخول. يُرجى السماح بالنوافذ المنبثقة لهذا الموقع، ثم إعادة المحاولة.',
    ERR_LOGIN_CANCELLED: 'أُغلقت نافذة تسجيل الدخول قبل اكتماله. يمكنك إعادة المحاولة في أي وقت.',
    ERR_NETWORK: 'تعذّر الوصول إلى خدمة تسجيل الدخول. يُرجى التحقق من الاتصال، ثم إعادة المحاولة.',
    ERR_TIMEOUT: 'استغرقت خدمة تسجيل الدخول وقتًا طويلاً للرد. يُرجى إعادة المحاولة بعد قليل.',
    ERR_RATE_LIMITED: 'خدمة تسجيل الدخول مشغولة. يُرجى إعادة المحاولة بعد قليل.',
    ERR_SERVER: 'تواجه خدمة تسجيل الدخول مشكلة. يُرجى إعادة المحاولة بعد قليل.',
    ERR_BAD_RESPONSE:
      'لم يصل الرد من خدمة تسجيل الدخول. يُرجى التحقق من الاتصال، ثم إعادة المحاولة.',
    ERR_EXPIRED_SESSION: 'فات الأوان: انتهت الجلسة. يُرجى تسجيل الدخول مجددًا للمتابعة.',
    ERR_MISSING_SESSION: 'لم يتم تسجيل الدخول بعد. يُرجى إعادة المحاولة وإكمال تسجيل الدخول.',
    ERR_NOT_SUPPORTED: 'لا يمكن تنفيذ ذلك هنا. يُرجى إعادة تحميل الصفحة وتسجيل الدخول.',
    other: 'تعذّر تنفيذ الإجراء. يُرجى إعادة المحاولة بعد قليل.',
  },
};

/** For `SessionTimeline`: `{ ...ar, timeline: arTimeline }`. */
export const arTimeline: TimelineMessages = {
  title: 'الجلسة ورمز الوصول بمرور الوقت',
  session: 'الجلسة',
  accessToken: (name) => (name === null ? 'رمز الوصول' : `رمز الوصول (\u2068${name}\u2069)`),
  status: {
    loading: 'جارٍ التحقق',
    'signed-out': 'تم تسجيل الخروج',
    expired: 'انتهت',
  },
  reason: {
    'signed-out': 'تسجيل الخروج',
    idle: 'عدم وجود نشاط',
    lifetime: 'بلوغ المدة القصوى',
    revoked: 'إنهاء الجلسة من خدمة تسجيل الدخول',
    'token-refresh-failed': 'تعذّر الحصول على رمز وصول جديد',
    'signed-out-elsewhere': 'تسجيل الخروج في علامة تبويب أخرى',
  },
  noToken: 'لا يوجد',
  end: {
    idle: 'الانتهاء عند عدم النشاط',
    lifetime: 'الانتهاء',
    'access-token': 'الانتهاء مع رمز الوصول',
    latest: 'أقصى موعد للانتهاء',
    token: 'انتهاء الصلاحية',
  },
  endsAt: (end, time) => `${end}: ${time}`,
  endUnknown: 'موعد الانتهاء غير معروف',
  event: {
    activity: 'نشاط',
    extended: 'تمديد',
    refreshed: 'تجديد',
    failed: 'فشل',
  },
  withDetail: (text, detail) => `${text}: ${detail}`,
  legend: {
    life: 'الوقت المتبقي',
    window: 'فترة التجديد',
    warning: 'تنبيه',
    refreshed: 'تجديد أو تمديد',
    failed: 'فشل',
    activity: 'نشاط',
    'latest-end': 'أقصى موعد للانتهاء',
  },
  table: {
    columns: ['الجلسة أو الرمز', 'الحدث', 'الوقت'],
    started: 'البدء',
    issued: 'الإصدار',
    between: (from, to) => `من ${from} إلى ${to}`,
  },
};
