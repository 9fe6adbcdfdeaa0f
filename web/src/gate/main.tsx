import '../kit/style/base.css';
import '../kit/style/table.css';
import '../kit/style/verdict.css';
import './gate.css';
import { isEmbedded } from '../kit/ports/try-link.ts';
import { startFace } from '../kit/start-face.tsx';
import { registerWorker } from '../kit/worker/register-worker.ts';
import { embeddedPorts } from './embed.ts';
import { GatePage } from './GatePage.tsx';
import { browserPorts } from './ports.ts';

const isInTryPage = isEmbedded();
startFace(<GatePage ports={isInTryPage ? embeddedPorts : browserPorts} isEmbedded={isInTryPage} />);
if (!isInTryPage) void registerWorker('gate', '/gate');
