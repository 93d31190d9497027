import { execFile } from 'node:child_process';
import { mkdtemp, rm, symlink } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';

const run = promisify(execFile);
const ROOT = fileURLToPath(new URL('..', import.meta.url));

/** The last code that came without a migration which today's has. */
export interface Release {
  /** How many of today's migrations it does not have. */
  back: number;
  commit: string;
}

/** A release in a folder of its own, ready to start. */
export interface CheckedOut {
  root: string;
  remove(): Promise<void>;
}

const git = async (...args: string[]) => (await run('git', args, { cwd: ROOT })).stdout.trim();

/**
 * The releases before each of the newest migrations, the latest first. In words why there are none: the code came without its
 * history, or with a part of it.
 */
export async function releasesBefore(count: number): Promise<Release[] | string> {
  try {
    if ((await git('rev-parse', '--is-shallow-repository')) === 'true')
      return 'The clone is shallow: fetch its history.';
    const added = await git('log', '--format=%H', '--diff-filter=A', `--max-count=${count}`, '--', 'drizzle/*.sql');
    const commits = added.split('\n').filter((commit) => commit !== '');
    const releases: Release[] = [];
    for (const commit of commits) {
      const parent = await git('rev-parse', `${commit}^`);
      // One commit may have brought several.
      const missing = await git('diff', '--name-only', '--diff-filter=A', parent, 'HEAD', '--', 'drizzle/*.sql');
      releases.push({ back: missing.split('\n').length, commit: parent });
    }
    return releases.length === 0 ? 'No commit of the history brought a migration.' : releases;
  } catch (error) {
    return `There is no history to ask: ${(error as Error).message.trim()}`;
  }
}

/** Puts a release into a folder of its own, with the packages that it names. */
export async function checkOut(commit: string): Promise<CheckedOut> {
  const folder = await mkdtemp(join(tmpdir(), 'zoom-license-release-'));
  const root = join(folder, 'code');
  await git('worktree', 'add', '--detach', '--quiet', root, commit);
  const remove = async () => {
    await git('worktree', 'remove', '--force', root);
    await rm(folder, { recursive: true, force: true });
  };
  try {
    if ((await git('diff', '--name-only', commit, 'HEAD', '--', 'package-lock.json')) === '') {
      await symlink(join(ROOT, 'node_modules'), join(root, 'node_modules'));
    } else {
      process.stderr.write(`${commit.slice(0, 7)} names other packages: installing them\n`);
      await run('npm', ['ci', '--no-fund', '--no-audit'], { cwd: root });
    }
    return { root, remove };
  } catch (error) {
    await remove();
    throw error;
  }
}
