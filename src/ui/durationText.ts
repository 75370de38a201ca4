const second = 1_000;
const minute = 60 * second;
const hour = 60 * minute;
const day = 24 * hour;

/** Text for a counter: `0:09`, `12:30`, `1:02:03`; from two days on `3d 4:05`, the unit in `locale`. */
export function toClockText(ms: number, locale: string): string {
  const seconds = pad(Math.floor((ms % minute) / second));
  const minutes = Math.floor((ms % hour) / minute);
  const hours = Math.floor(ms / hour);
  if (hours === 0) return `${minutes}:${seconds}`;
  if (ms < 2 * day) return `${hours}:${pad(minutes)}:${seconds}`;
  const days = formatUnit(Math.floor(ms / day), 'day', 'narrow', locale);
  return `${days} ${Math.floor((ms % day) / hour)}:${pad(minutes)}`;
}

/** Text for a screen reader: `2 minutes`, `90 seconds`, `40 seconds`, in the language of `locale`. */
export function toSpokenText(ms: number, locale: string): string {
  return ms >= 2 * minute || ms % minute === 0
    ? formatUnit(Math.floor(ms / minute), 'minute', 'long', locale)
    : formatUnit(Math.round(ms / second), 'second', 'long', locale);
}

/** A time of day in the language of `locale`, with the date if it is not the day of `now` (epoch ms). */
export function toTimeText(at: number, now: number, locale: string): string {
  const isToday = new Date(at).toDateString() === new Date(now).toDateString();
  if (!isToday) return format(at, locale, { dateStyle: 'medium', timeStyle: 'short' });
  // No line break between "2:32" and "PM".
  return format(at, locale, { timeStyle: 'short' }).replace(/ /g, '\u00a0');
}

function format(at: number, locale: string, options: Intl.DateTimeFormatOptions): string {
  return new Intl.DateTimeFormat(locale, options).format(at);
}

function formatUnit(
  value: number,
  unit: 'day' | 'minute' | 'second',
  unitDisplay: 'narrow' | 'long',
  locale: string,
): string {
  return new Intl.NumberFormat(locale, { style: 'unit', unit, unitDisplay }).format(value);
}

function pad(value: number): string {
  return String(value).padStart(2, '0');
}
