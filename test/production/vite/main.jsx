import { createRoot } from 'react-dom/client';
import 'session-clock/ui/styles.css';
import '../next/app/page.css';
import { Dialogs } from '../next/app/Dialogs.jsx';

const root = document.querySelector('#root');
if (root) createRoot(root).render(<Dialogs />);
