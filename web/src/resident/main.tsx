import '../kit/style/base.css';
import './resident.css';
import { startFace } from '../kit/start-face.tsx';
import { registerWorker } from '../kit/worker/register-worker.ts';
import { isEmbedded } from '../kit/ports/try-link.ts';
import { embeddedPorts } from './embed.ts';
import { browserPorts } from './ports.ts';
import { ResidentPage } from './ResidentPage.tsx';

const isInTryPage = isEmbedded();
startFace(
  <ResidentPage ports={isInTryPage ? embeddedPorts : browserPorts} isEmbedded={isInTryPage} />,
);
if (!isInTryPage) void registerWorker('resident', '/code');
