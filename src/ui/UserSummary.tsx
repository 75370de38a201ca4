'use client';
import type { ReactNode } from 'react';
import type { UserClaims } from '../core/types.js';

interface UserSummaryProps {
  user: UserClaims;
  label: string;
}

/** The session's user: the name and the e-mail address, or whatever is known of these and `sub`. */
export function UserSummary({ user, label }: UserSummaryProps): ReactNode {
  const [name, email] = namesOf(user);
  return (
    <p className="sc-user">
      <span className="sc-monogram" aria-hidden="true">
        {[...name][0]?.toUpperCase()}
      </span>
      <span className="sc-user-names">
        <span className="sc-muted">{label}</span> <bdi className="sc-name">{name}</bdi>
        {email && (
          <>
            {' '}
            <bdi className="sc-muted">{email}</bdi>
          </>
        )}
      </span>
    </p>
  );
}

function namesOf({ name, email, sub }: UserClaims): [name: string, email: string | undefined] {
  const known = [name, email].filter((text) => text?.trim()) as string[];
  return [known[0] ?? sub, known[1]];
}
