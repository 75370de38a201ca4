import { Dialogs } from './Dialogs.jsx';

export default function Page() {
  return <Dialogs />;
}
