import type { TimelineMessages } from '../timeline/messages.js';
import type { Messages } from './types.js';

/** Brazilian Portuguese. A time stands after “até”, which also fits one with a date. */
export const ptBR: Messages = {
  locale: 'pt-BR',
  signIn: 'Entrar',
  status: {
    loading: 'Verificando sua sessão',
    'signed-out': 'Desconectado',
    active: 'Conectado',
    expiring: 'Termina em breve',
    expired: 'Sessão encerrada',
  },
  connection: { offline: 'Sem conexão', degraded: 'O serviço de login não responde' },
  timeLeft: {
    session: 'Tempo restante da sessão',
    'access-token': 'Tempo restante do token de acesso',
  },
  expiry: {
    title: 'Sua sessão está prestes a terminar',
    description: (time) =>
      `Sua sessão fica ativa até ${time}. Continue conectado para prosseguir de onde está.`,
    fixedDescription: (time) =>
      `Sua sessão fica ativa até ${time} e não pode ser prolongada. Entre de novo para prosseguir de onde está.`,
    lateDescription: (time) =>
      `Sua sessão fica ativa até ${time}. Não há mais tempo suficiente para prolongá-la. Entre de novo para prosseguir de onde está.`,
    stay: 'Continuar conectado',
    staying: 'Prolongando a sessão…',
    signOut: 'Sair',
    signingOut: 'Saindo…',
    remaining: (duration) => `Sua sessão termina em ${duration}.`,
    reminder: (time) => `Sua sessão fica ativa até ${time}. Entrar de novo`,
    titlePrefix: 'Sessão terminando',
  },
  result: {
    signedInUntil: (time) => `Sua sessão está ativa até ${time}.`,
    signedIn: 'Você está conectado.',
  },
  relogin: {
    title: 'Sua sessão terminou',
    tokenTitle: 'Entre novamente',
    reason: {
      'signed-out': 'Você saiu da sua conta.',
      idle: 'Você foi desconectado por inatividade.',
      lifetime: 'Você foi desconectado porque a sessão atingiu o tempo limite.',
      revoked: 'O serviço de login encerrou a sessão.',
      'token-refresh-failed': 'O serviço de login não renovou a sessão.',
      'signed-out-elsewhere': 'A sessão foi encerrada em outra aba.',
    },
    tokenReason: 'O serviço de login pede que você entre novamente antes de continuar.',
    nothingLost: 'O que você estava fazendo continua nesta página.',
    signedInAs: 'Sua conta',
    signIn: 'Entrar de novo',
    signingIn: 'Entrando…',
    finish: 'Conclua o login na janela que foi aberta.',
    notNow: 'Agora não',
    reminder: 'Sessão encerrada. Entrar de novo',
    titlePrefix: 'Sessão encerrada',
  },
  failure: {
    ERR_POPUP_BLOCKED:
      'Seu navegador bloqueou a janela de login. Permita pop-ups para este site e tente novamente.',
    ERR_LOGIN_CANCELLED:
      'A janela de login foi fechada antes da conclusão. Tente novamente quando quiser.',
    ERR_NETWORK:
      'Não foi possível acessar o serviço de login. Verifique sua conexão e tente novamente.',
    ERR_TIMEOUT: 'O serviço de login demorou demais para responder. Tente novamente em instantes.',
    ERR_RATE_LIMITED: 'O serviço de login está sobrecarregado. Tente novamente em instantes.',
    ERR_SERVER: 'O serviço de login está com problemas. Tente novamente em instantes.',
    ERR_BAD_RESPONSE:
      'A resposta não veio do serviço de login. Verifique sua conexão e tente novamente.',
    ERR_EXPIRED_SESSION: 'Tarde demais: a sessão terminou. Entre de novo para continuar.',
    ERR_MISSING_SESSION: 'Você ainda não entrou. Tente novamente e conclua o login.',
    ERR_NOT_SUPPORTED: 'Não é possível fazer isso aqui. Recarregue a página e entre.',
    other: 'Não funcionou. Tente novamente em instantes.',
  },
};

/** For `SessionTimeline`: `{ ...ptBR, timeline: ptBRTimeline }`. */
export const ptBRTimeline: TimelineMessages = {
  title: 'Sessão e token de acesso ao longo do tempo',
  session: 'Sessão',
  accessToken: (name) => (name === null ? 'Token de acesso' : `Token de acesso para ${name}`),
  status: {
    loading: 'Verificando',
    'signed-out': 'Desconectado',
    expired: 'Encerrada',
  },
  reason: {
    'signed-out': 'saída da conta',
    idle: 'inatividade',
    lifetime: 'tempo limite atingido',
    revoked: 'revogada',
    'token-refresh-failed': 'sem novo token de acesso',
    'signed-out-elsewhere': 'saída em outra aba',
  },
  noToken: 'Nenhum',
  end: {
    idle: 'Termina por inatividade',
    lifetime: 'Termina',
    'access-token': 'Termina com o token de acesso',
    latest: 'Termina no mais tardar',
    token: 'Expira',
  },
  endsAt: (end, time) => `${end}: ${time}`,
  endUnknown: 'Término desconhecido',
  event: {
    activity: 'Atividade',
    extended: 'Prolongamento',
    refreshed: 'Renovação',
    failed: 'Falha',
  },
  withDetail: (text, detail) => `${text}: ${detail}`,
  legend: {
    life: 'Tempo restante',
    window: 'Período de renovação',
    warning: 'Aviso',
    refreshed: 'Renovação ou prolongamento',
    failed: 'Falha',
    activity: 'Atividade',
    'latest-end': 'Prazo máximo',
  },
  table: {
    columns: ['Sessão ou token', 'Evento', 'Horário'],
    started: 'Início',
    issued: 'Emissão',
    between: (from, to) => `De ${from} a ${to}`,
  },
};
