import * as Dialog from '@radix-ui/react-dialog';
import type { ReactNode } from 'react';
import type { ModalProps } from './modal.ts';

export default function RadixModal({ isOpen, onClose, children }: ModalProps): ReactNode {
  return (
    <Dialog.Root open={isOpen} onOpenChange={(open) => open || onClose()}>
      <Dialog.Portal>
        <Dialog.Overlay style={{ position: 'fixed', inset: 0, background: '#0006' }} />
        <Dialog.Content style={{ position: 'fixed', inset: 40, background: '#fff' }}>
          <Dialog.Title>New entry</Dialog.Title>
          <Dialog.Description>Of the app</Dialog.Description>
          {children}
        </Dialog.Content>
      </Dialog.Portal>
    </Dialog.Root>
  );
}
