import '../kit/style/base.css';
import '../kit/style/table.css';
import { startFace } from '../kit/start-face.tsx';
import { SettingsPanel } from '../kit/Controls.tsx';
startFace(<SettingsPanel />);
