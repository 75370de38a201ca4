import type { ComponentProps, ReactNode } from 'react';

const variants = {
  default: 'bg-primary text-primary-foreground hover:bg-primary/90',
  outline: 'border bg-background shadow-xs hover:bg-accent',
};

interface ButtonProps extends ComponentProps<'button'> {
  variant?: keyof typeof variants;
}

/** The button of shadcn/ui, with two of its variants. */
export function Button({ variant = 'default', className = '', ...props }: ButtonProps): ReactNode {
  const base =
    'inline-flex h-9 items-center justify-center rounded-md px-4 text-sm font-medium focus-visible:ring-[3px] focus-visible:ring-ring/50 outline-none aria-disabled:opacity-60';
  return (
    <button type="button" className={`${base} ${variants[variant]} ${className}`} {...props} />
  );
}
