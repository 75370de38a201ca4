const second = 1_000;
const minute = 60 * second;
const hour = 60 * minute;
const day = 24 * hour;

/** For a counter: `0:09`, `12:30`, `1:02:03`; from two days on `3d 4:05`. */
export function toClockText(ms: number): string {
  const seconds = pad(Math.floor((ms % minute) / second));
  const minutes = Math.floor((ms % hour) / minute);
  const hours = Math.floor(ms / hour);
  if (hours === 0) return `${minutes}:${seconds}`;
  if (ms < 2 * day) return `${hours}:${pad(minutes)}:${seconds}`;
  return `${Math.floor(ms / day)}d ${Math.floor((ms % day) / hour)}:${pad(minutes)}`;
}

/** For a voice: `2 minutes`, `40 seconds`, in the words of `locale`. */
export function toSpokenText(ms: number, locale: string): string {
  const [value, unit] =
    ms >= minute ? [Math.round(ms / minute), 'minute'] : [ms / second, 'second'];
  return new Intl.NumberFormat(locale, { style: 'unit', unit, unitDisplay: 'long' }).format(value);
}

/** For `<time dateTime>`: an ISO 8601 duration of whole seconds. */
export function toIsoDuration(ms: number): string {
  return `PT${Math.round(ms / second)}S`;
}

function pad(value: number): string {
  return String(value).padStart(2, '0');
}
