/** One browser face: its one document, and what that document may do. */
export type Face = {
  readonly name: string;
  /** Path at which nodes serve the document. */
  readonly path: string;
  readonly title: string;
  /** Most bytes of the whole document after gzip -9. */
  readonly budgetBytes: number;
  /** Installed as an app and opened offline: gets a manifest and a service worker. */
  readonly app?: { readonly name: string; readonly shortName: string };
  /** The try page shows it in a frame. */
  readonly isFramed?: boolean;
  /** Shows other faces in frames. */
  readonly framesOthers?: boolean;
  /** Compiles WebAssembly (the camera decoder). */
  readonly usesWasm?: boolean;
};

const kilobyte = 1024;

/** All faces built as one inlined document. The entry is src/<name>/main.tsx. */
export const faces: readonly Face[] = [
  {
    name: 'resident',
    path: '/code',
    title: '我的码 · 通域',
    budgetBytes: 40 * kilobyte,
    app: { name: '通域 我的码', shortName: '我的码' },
    isFramed: true,
  },
  {
    name: 'gate',
    path: '/gate',
    title: '验码 · 通域',
    budgetBytes: 60 * kilobyte,
    app: { name: '通域 验码', shortName: '验码' },
    isFramed: true,
    usesWasm: true,
  },
  { name: 'console', path: '/console', title: '管理台 · 通域', budgetBytes: 90 * kilobyte },
  {
    name: 'try',
    path: '/try',
    title: '试一试 · 通域',
    budgetBytes: 60 * kilobyte,
    framesOthers: true,
  },
];
