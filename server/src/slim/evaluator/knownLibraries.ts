/**
 * Libraries of which it is taken for granted that they neither open an arg_scope nor change what they are given, as far as
 * nothing else is said. Any other module that is not in the workspace may be the user's own, and may do both.
 */
import type { PyExternal } from '../../semantics/interpreter/objects';

const KNOWN: ReadonlySet<string> = new Set(
  (
    'tensorflow tf_slim tensorflow_datasets tensorflow_hub tensorflow_probability tensorboard keras tf_keras absl numpy scipy ' +
    'matplotlib pandas sklearn skimage PIL cv2 h5py imageio tqdm torch torchvision gym google protobuf six future mock ' +
    'pytest parameterized wandb yaml toml requests psutil lmdb numba sonnet easydict ' +
    'builtins abc argparse array ast asyncio atexit base64 bisect bz2 calendar cProfile codecs collections concurrent ' +
    'configparser contextlib contextlib2 copy csv ctypes datetime decimal difflib dis enum errno fnmatch fractions ' +
    'functools gc getopt getpass glob gzip hashlib heapq html http importlib inspect io itertools json logging lzma math ' +
    'mimetypes multiprocessing numbers operator optparse os pathlib pdb pickle cPickle pkgutil platform pprint profile ' +
    'pstats queue Queue random re resource secrets select shelve shlex shutil signal socket sqlite3 ssl stat statistics ' +
    'string StringIO cStringIO struct subprocess sys tarfile tempfile textwrap threading time timeit traceback types ' +
    'typing unicodedata unittest urllib urllib2 uuid warnings weakref xml zipfile zlib __future__ dataclasses'
  ).split(' '),
);

/** True for a name of one of these libraries. */
export function isKnownLibrary({ paths }: PyExternal): boolean {
  return paths.every((path) => KNOWN.has(path.split('.', 1)[0] ?? ''));
}
