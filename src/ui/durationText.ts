const second = 1_000;
const minute = 60 * second;
const hour = 60 * minute;
const day = 24 * hour;

/** For a counter: `0:09`, `12:30`, `1:02:03`; from two days on `3d 4:05`, the day in `locale`. */
export function toClockText(ms: number, locale: string): string {
  const seconds = pad(Math.floor((ms % minute) / second));
  const minutes = Math.floor((ms % hour) / minute);
  const hours = Math.floor(ms / hour);
  if (hours === 0) return `${minutes}:${seconds}`;
  if (ms < 2 * day) return `${hours}:${pad(minutes)}:${seconds}`;
  const days = inUnits(Math.floor(ms / day), 'day', 'narrow', locale);
  return `${days} ${Math.floor((ms % day) / hour)}:${pad(minutes)}`;
}

/** For a voice: `2 minutes`, `40 seconds`, in the words of `locale`. */
export function toSpokenText(ms: number, locale: string): string {
  return ms >= minute
    ? inUnits(Math.round(ms / minute), 'minute', 'long', locale)
    : inUnits(Math.round(ms / second), 'second', 'long', locale);
}

function inUnits(
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
