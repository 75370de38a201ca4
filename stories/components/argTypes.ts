import type { InputType } from 'storybook/internal/types';
import { languages } from '../page/languages';

/** The texts of a component, chosen by their language. */
export const messagesArg: InputType = {
  control: 'select',
  options: Object.keys(languages),
  mapping: Object.fromEntries(Object.entries(languages).map(([key, each]) => [key, each.messages])),
};

/** The request with which a sign-in starts. */
export const loginArg: InputType = { control: 'object' };

export const classNameArg: InputType = { control: 'text' };

/** Classes of the parts, for example `{ "title": "big" }`. */
export const classNamesArg: InputType = { control: 'object' };

/** For a component without a dialog: the docs page shows it without a frame, and its controls have an effect. */
export const inlined = { docs: { story: { inline: true, height: 'auto' } } };
