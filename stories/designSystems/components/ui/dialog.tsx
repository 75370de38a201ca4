import * as DialogPrimitive from '@radix-ui/react-dialog';
import type { ComponentProps, ReactNode } from 'react';

/** The dialog of shadcn/ui, without its close button and its animations. */
export function Dialog(props: ComponentProps<typeof DialogPrimitive.Root>): ReactNode {
  return <DialogPrimitive.Root {...props} />;
}

export function DialogContent(props: ComponentProps<typeof DialogPrimitive.Content>): ReactNode {
  return (
    <DialogPrimitive.Portal>
      <DialogPrimitive.Overlay className="fixed inset-0 z-50 bg-black/50" />
      <DialogPrimitive.Content
        className="fixed top-1/2 left-1/2 z-50 grid w-full max-w-[calc(100%-2rem)] -translate-1/2 gap-4 rounded-lg border bg-background p-6 text-foreground shadow-lg outline-none sm:max-w-lg"
        {...props}
      />
    </DialogPrimitive.Portal>
  );
}

export function DialogTitle(props: ComponentProps<typeof DialogPrimitive.Title>): ReactNode {
  return <DialogPrimitive.Title className="text-lg leading-none font-semibold" {...props} />;
}

export function DialogDescription(
  props: ComponentProps<typeof DialogPrimitive.Description>,
): ReactNode {
  return <DialogPrimitive.Description className="text-sm text-muted-foreground" {...props} />;
}

export function DialogFooter(props: ComponentProps<'div'>): ReactNode {
  return <div className="flex flex-col gap-2 sm:flex-row-reverse" {...props} />;
}
