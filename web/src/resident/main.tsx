import '../kit/style/base.css';
import './resident.css';
import { startFace } from '../kit/start-face.tsx';
import { registerWorker } from '../kit/worker/register-worker.ts';
import { browserPorts } from './ports.ts';
import { ResidentPage } from './ResidentPage.tsx';

startFace(<ResidentPage ports={browserPorts} />);
void registerWorker('resident', '/code');
