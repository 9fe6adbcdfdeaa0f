import '../kit/style/base.css';
import '../kit/style/table.css';
import '../kit/style/verdict.css';
import './try.css';
import { startFace } from '../kit/start-face.tsx';
import { TryPage } from './TryPage.tsx';

startFace(<TryPage />);
