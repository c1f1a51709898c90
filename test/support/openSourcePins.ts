/**
 * Which releases of other people's packages the tests use: pinned by hash.
 */
/** One file on PyPI. */
export interface Pinned {
  /** Name on PyPI. */
  readonly project: string;
  readonly version: string;
  /** Name of the file: a wheel, or a source archive (`.tar.gz`). */
  readonly file: string;
  readonly sha256: string;
  /** For a source archive: what pip needs to read it. */
  readonly build?: readonly string[];
  /** For a wheel that is made for one platform: what pip has to be told, so that every machine gets this one. */
  readonly platform?: readonly string[];
  /** Prefix of the members that are unpacked, and what it becomes; all members as they are when absent. */
  readonly part?: readonly [inArchive: string, inFolder: string];
}

const pinned = {
  tf_slim: {
    project: 'tf_slim',
    version: '1.1.0',
    file: 'tf_slim-1.1.0-py2.py3-none-any.whl',
    sha256: 'fa2bab63b3925bd42601102e7f178dce997f525742596bf404fa8a6918e146ff',
  },
  contrib_slim: {
    project: 'tensorflow',
    version: '1.15.5',
    file: 'tensorflow-1.15.5-cp37-cp37m-manylinux2010_x86_64.whl',
    sha256: '29831dda98d668067de75403b2fca0d06a2f026ef6f217fa2ca873c20b4ee4d3',
    platform: [
      ...['--python-version', '37', '--implementation', 'cp', '--abi', 'cp37m', '--platform', 'manylinux2010_x86_64'],
    ],
    part: ['tensorflow_core/contrib/slim/', 'tensorflow/contrib/slim/'],
  },
  lucid: {
    project: 'lucid',
    version: '0.3.10',
    file: 'lucid-0.3.10-py3-none-any.whl',
    sha256: 'e4e0401b76793e680889bf00304afa410ee184fdc921a13e7f32d9d9e03dd0b4',
  },
  luminoth: {
    project: 'luminoth',
    version: '0.2.3',
    file: 'luminoth-0.2.3-py2.py3-none-any.whl',
    sha256: 'ba37d1647a13aa778b5db3985cf13bb7c02c74040c4a908090d094175dbe6270',
  },
  facenet: {
    project: 'facenet',
    version: '1.0.5',
    file: 'facenet-1.0.5-py3-none-any.whl',
    sha256: 'd89476525c79245a19e6778d4cb0afe51fe69b35b6c3359d8ca1f67c04616de4',
  },
  mmdnn: {
    project: 'mmdnn',
    version: '0.3.1',
    file: 'mmdnn-0.3.1-py2.py3-none-any.whl',
    sha256: 'ffed5e8abc8ddf3bb8771adaca15a0ded1bf3372bf7ae2a385ce24d531f67dfa',
  },
  deeplabcut: {
    project: 'deeplabcut',
    version: '3.0.2',
    file: 'deeplabcut-3.0.2-py3-none-any.whl',
    sha256: 'dc72f44002e881bd57a7109f14c1a6f09f7575c27f0c2179e60b843d7da21f78',
  },
  magenta: {
    project: 'magenta',
    version: '2.1.4',
    file: 'magenta-2.1.4-py3-none-any.whl',
    sha256: 'c6f4fe742d13c6d664fb257f6f123940c6abc6f501ea8a3870f7d4e8f0821d3f',
  },
  tensor2tensor: {
    project: 'tensor2tensor',
    version: '1.15.7',
    file: 'tensor2tensor-1.15.7-py2.py3-none-any.whl',
    sha256: '26ef986c2b9f45bdefa4218229f33f2992e4d9df84f8939d41481cdaa8444392',
  },
  baselines: {
    project: 'baselines',
    version: '0.1.4',
    file: 'baselines-0.1.4-py3-none-any.whl',
    sha256: 'c2a9435f4bff927b34790b0618263cf2c92d75e4110a955d7b678098079995d4',
  },
  tensornets: {
    project: 'tensornets',
    version: '0.4.6',
    file: 'tensornets-0.4.6.tar.gz',
    sha256: 'e1095082b45a06168d56450d8c8fa49780d8aef8d4d1fcc64efceadb743f9ceb',
    build: ['cython==0.29.37', 'numpy', 'setuptools==69.5.1', 'wheel'],
    part: ['tensornets-0.4.6/', ''],
  },
} satisfies Record<string, Pinned>;

export type OpenSourceName = keyof typeof pinned;

export function pinOf(name: OpenSourceName): Pinned {
  return pinned[name];
}
