import type { ReactNode } from 'react';
import { Dialog, Heading, Modal, ModalOverlay } from 'react-aria-components';
import type { ModalProps } from './modal.ts';

export default function ReactAriaModal({ isOpen, onClose, children }: ModalProps): ReactNode {
  return (
    <ModalOverlay
      isOpen={isOpen}
      onOpenChange={(open) => open || onClose()}
      isDismissable
      style={{ position: 'fixed', inset: 0, background: '#0006' }}
    >
      <Modal style={{ position: 'fixed', inset: 40, background: '#fff' }}>
        <Dialog>
          <Heading slot="title">New entry</Heading>
          {children}
        </Dialog>
      </Modal>
    </ModalOverlay>
  );
}
