'use client';
import type { ReactNode } from 'react';
import type { Session } from '../core/types.js';

interface PersonProps {
  user: Session['user'];
  label: string;
}

/** Whose session it is or was: by name and address, or by what else is known. */
export function Person({ user, label }: PersonProps): ReactNode {
  const [name, address] = namesOf(user);
  return (
    <p className="sc-person">
      <span className="sc-monogram" aria-hidden="true">
        {[...name][0]?.toUpperCase()}
      </span>
      <span className="sc-person-names">
        <span className="sc-quiet">{label}</span> <bdi className="sc-name">{name}</bdi>
        {address && (
          <>
            {' '}
            <bdi className="sc-quiet">{address}</bdi>
          </>
        )}
      </span>
    </p>
  );
}

function namesOf({ name, email, sub }: Session['user']): [name: string, address?: string] {
  const [first = sub, second] = [name, email].filter(
    (text): text is string => typeof text === 'string' && text.trim() !== '',
  );
  return second === undefined ? [first] : [first, second];
}
