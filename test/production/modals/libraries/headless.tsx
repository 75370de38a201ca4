import { Dialog, DialogPanel, DialogTitle } from '@headlessui/react';
import type { ReactNode } from 'react';
import type { ModalProps } from './modal.ts';

export default function HeadlessModal({ isOpen, onClose, children }: ModalProps): ReactNode {
  return (
    <Dialog open={isOpen} onClose={onClose}>
      <DialogPanel style={{ position: 'fixed', inset: 40, background: '#fff' }}>
        <DialogTitle>New entry</DialogTitle>
        {children}
      </DialogPanel>
    </Dialog>
  );
}
