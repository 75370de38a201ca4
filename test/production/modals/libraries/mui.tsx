import Dialog from '@mui/material/Dialog';
import DialogTitle from '@mui/material/DialogTitle';
import type { ReactNode } from 'react';
import type { ModalProps } from './modal.ts';

export default function MuiModal({ isOpen, onClose, children }: ModalProps): ReactNode {
  return (
    <Dialog open={isOpen} onClose={onClose} fullScreen>
      <DialogTitle>New entry</DialogTitle>
      {children}
    </Dialog>
  );
}
