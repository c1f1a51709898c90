import { describe, expect, it } from 'vitest';
import { createModuleIndex } from '../../server/src/project/moduleIndex';

const root = 'file:///w';

interface Query {
  readonly from: string;
  readonly name: string;
  readonly level?: number;
  readonly python2?: boolean;
}

/** Resolves over files given by paths below the workspace folder; answers with such a path. */
function resolve(files: readonly string[], query: Query, options: { folders?: string[]; paths?: string[] } = {}) {
  const index = createModuleIndex(
    files.map((file) => `${root}/${file}`),
    (options.folders ?? ['']).map((folder) => (folder === '' ? root : `${root}/${folder}`)),
    (options.paths ?? []).map((path) => `${root}/${path}`),
  );
  const { from, name, level = 0, python2 = false } = query;
  return index.resolve({ from: `${root}/${from}`, name, level, python2 })?.slice(root.length + 1);
}

function identify(files: readonly string[], file: string, folders: readonly string[] = [root]) {
  return createModuleIndex(
    files.map((one) => `${root}/${one}`),
    folders,
    [],
  ).identify(`${root}/${file}`);
}

describe('module names', () => {
  it('are those of the outermost package', () => {
    const files = ['deep/nets/__init__.py', 'deep/nets/vgg/__init__.py', 'deep/nets/vgg/core.py'];
    expect(identify(files, 'deep/nets/vgg/core.py')).toEqual({
      moduleName: 'nets.vgg.core',
      isPackage: false,
      path: 'deep/nets/vgg/core.py',
    });
    expect(identify(files, 'deep/nets/vgg/__init__.py')).toMatchObject({ moduleName: 'nets.vgg', isPackage: true });
  });

  it('count from the workspace, or from its src, where there is no package', () => {
    expect(identify(['a/b.py'], 'a/b.py').moduleName).toBe('a.b');
    expect(identify(['src/a/b.py'], 'src/a/b.py').moduleName).toBe('a.b');
  });

  it('include the workspace folder itself when that is a package', () => {
    const files = ['tf_slim/__init__.py', 'tf_slim/nets/__init__.py', 'tf_slim/nets/vgg.py'];
    const opened = identify(files, 'tf_slim/nets/vgg.py', [`${root}/tf_slim`]);
    expect(opened).toEqual({ moduleName: 'tf_slim.nets.vgg', isPackage: false, path: 'nets/vgg.py' });
  });

  it('show decoded paths', () => {
    expect(identify(['a%20b/c.py'], 'a%20b/c.py').path).toBe('a b/c.py');
  });
});

describe('absolute imports', () => {
  it('find modules, packages and folders without __init__', () => {
    const files = ['train.py', 'nets/__init__.py', 'nets/vgg.py', 'data/load.py'];
    expect(resolve(files, { from: 'train.py', name: 'nets' })).toBe('nets/__init__.py');
    expect(resolve(files, { from: 'train.py', name: 'nets.vgg' })).toBe('nets/vgg.py');
    expect(resolve(files, { from: 'train.py', name: 'data' })).toBe('data/');
    expect(resolve(files, { from: 'train.py', name: 'data.load' })).toBe('data/load.py');
    expect(resolve(files, { from: 'train.py', name: 'nets.resnet' })).toBeUndefined();
    expect(resolve(files, { from: 'train.py', name: 'numpy' })).toBeUndefined();
  });

  it('prefer a package to a module of the same name, and both to a namespace package', () => {
    const files = ['a.py', 'a/__init__.py', 'a/x.py', 'b.py', 'b/x.py', 'main.py'];
    expect(resolve(files, { from: 'main.py', name: 'a' })).toBe('a/__init__.py');
    expect(resolve(files, { from: 'main.py', name: 'b' })).toBe('b.py');
    // `b` is a module, so it has no submodules.
    expect(resolve(files, { from: 'main.py', name: 'b.x' })).toBeUndefined();
  });

  it('prefer a real module further down the path to a namespace package', () => {
    const files = ['tools/script.py', 'tools/nets/readme.py', 'nets/__init__.py'];
    expect(resolve(files, { from: 'tools/script.py', name: 'nets' })).toBe('nets/__init__.py');
  });

  it('see the siblings of a script first', () => {
    const files = ['model.py', 'examples/train.py', 'examples/model.py'];
    expect(resolve(files, { from: 'examples/train.py', name: 'model' })).toBe('examples/model.py');
  });

  it('see siblings within a package last, and first in Python 2', () => {
    const files = ['util.py', 'nets/__init__.py', 'nets/vgg.py', 'nets/util.py', 'nets/only.py'];
    expect(resolve(files, { from: 'nets/vgg.py', name: 'util' })).toBe('util.py');
    expect(resolve(files, { from: 'nets/vgg.py', name: 'util', python2: true })).toBe('nets/util.py');
    expect(resolve(files, { from: 'nets/vgg.py', name: 'only' })).toBe('nets/only.py');
  });

  it('search src and the extra paths', () => {
    const files = ['src/nets/vgg.py', 'vendored/lib/core.py', 'tests/test_vgg.py'];
    expect(resolve(files, { from: 'tests/test_vgg.py', name: 'nets.vgg' })).toBe('src/nets/vgg.py');
    expect(resolve(files, { from: 'tests/test_vgg.py', name: 'core' })).toBeUndefined();
    expect(resolve(files, { from: 'tests/test_vgg.py', name: 'core' }, { paths: ['vendored/lib'] })).toBe(
      'vendored/lib/core.py',
    );
  });

  it('walk up to a project nested in a larger repository', () => {
    const files = ['research/slim/nets/__init__.py', 'research/slim/nets/vgg.py', 'research/slim/eval/deep/run.py'];
    expect(resolve(files, { from: 'research/slim/eval/deep/run.py', name: 'nets.vgg' })).toBe(
      'research/slim/nets/vgg.py',
    );
  });

  it('prefer the own project to another one in the same workspace', () => {
    const files = ['a/nets/__init__.py', 'a/nets/vgg.py', 'b/nets/__init__.py', 'b/nets/vgg.py', 'b/nets/train.py'];
    expect(resolve(files, { from: 'b/nets/train.py', name: 'nets.vgg' })).toBe('b/nets/vgg.py');
  });

  it('cross workspace folders', () => {
    const folders = ['app', 'lib'];
    expect(resolve(['app/main.py', 'lib/nets.py'], { from: 'app/main.py', name: 'nets' }, { folders })).toBe(
      'lib/nets.py',
    );
  });
});

describe('relative imports', () => {
  const files = ['p/__init__.py', 'p/a.py', 'p/q/__init__.py', 'p/q/b.py', 'loose/c.py', 'loose/d.py'];

  it.each([
    ['p/a.py', 1, '', 'p/__init__.py'],
    ['p/a.py', 1, 'q', 'p/q/__init__.py'],
    ['p/a.py', 1, 'q.b', 'p/q/b.py'],
    ['p/q/b.py', 2, 'a', 'p/a.py'],
    ['p/q/__init__.py', 1, 'b', 'p/q/b.py'],
    ['p/q/__init__.py', 2, 'a', 'p/a.py'],
    ['loose/c.py', 1, 'd', 'loose/d.py'],
    ['loose/c.py', 1, '', 'loose/'],
    ['p/a.py', 1, 'missing', undefined],
  ] as const)('from %s, %i dots, %j: %s', (from, level, name, expected) => {
    expect(resolve(files, { from, name, level })).toBe(expected);
  });
});

describe('TensorFlow and tf_slim', () => {
  const files = [
    'tf_slim/__init__.py',
    'tf_slim/layers/__init__.py',
    'tf_slim/nets/__init__.py',
    'tf_slim/nets/resnet_utils.py',
    'tf_slim/nets/resnet_v1.py',
  ];
  const from = 'tf_slim/nets/resnet_v1.py';

  it('stay library names in their own sources', () => {
    expect(resolve(files, { from, name: 'tf_slim' })).toBeUndefined();
    expect(resolve(files, { from, name: 'tf_slim.layers' })).toBeUndefined();
    expect(resolve(files, { from: 'tf_slim/__init__.py', name: 'layers', level: 1 })).toBeUndefined();
    expect(resolve(['tensorflow/__init__.py', 'a.py'], { from: 'a.py', name: 'tensorflow' })).toBeUndefined();
  });

  it('give up their nets, also when the package itself is the workspace folder', () => {
    for (const folders of [[''], ['tf_slim']]) {
      expect(resolve(files, { from, name: 'tf_slim.nets' }, { folders })).toBe('tf_slim/nets/__init__.py');
      expect(resolve(files, { from, name: 'tf_slim.nets.resnet_utils' }, { folders })).toBe(
        'tf_slim/nets/resnet_utils.py',
      );
    }
    expect(resolve(files, { from, name: 'resnet_utils', level: 1 })).toBe('tf_slim/nets/resnet_utils.py');
  });

  it('give up the nets of contrib in a checkout of TensorFlow 1', () => {
    const nets = 'tensorflow/contrib/slim/python/slim/nets';
    const packages = ['', '/contrib', '/contrib/slim', '/contrib/slim/python', '/contrib/slim/python/slim'];
    const tree = [...packages.map((path) => `tensorflow${path}/__init__.py`), `${nets}/__init__.py`, `${nets}/vgg.py`];
    const name = 'tensorflow.contrib.slim.python.slim.nets.vgg';
    expect(resolve(tree, { from: `${nets}/vgg.py`, name })).toBe(`${nets}/vgg.py`);
    // The module that re-exports them is how most people import them.
    const short = 'tensorflow/contrib/slim/nets.py';
    expect(resolve([...tree, short], { from: 'train.py', name: 'tensorflow.contrib.slim.nets' })).toBe(short);
    expect(resolve([...tree, short], { from: 'train.py', name: 'tensorflow.contrib.slim' })).toBeUndefined();
  });

  it('do not hide a folder that merely has such a name', () => {
    const mine = ['tensorflow/train.py', 'tensorflow/model.py'];
    expect(resolve(mine, { from: 'tensorflow/train.py', name: 'model' })).toBe('tensorflow/model.py');
    expect(resolve(mine, { from: 'tensorflow/train.py', name: 'model', level: 1 })).toBe('tensorflow/model.py');
  });
});
