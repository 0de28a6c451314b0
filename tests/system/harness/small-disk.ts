import { execFileSync } from 'node:child_process'
import { chmod, mkdtemp, open, rm, statfs, truncate, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { until } from './until.ts'

const mebibyte = 1024 * 1024
const patience = 30_000

/** Why no disk can be mounted here; undefined where it can. */
export const cannotMount =
  process.platform !== 'linux'
    ? 'disks are mounted as on Linux'
    : process.getuid?.() === 0
      ? undefined
      : 'only root may mount a disk'

/** A disk of its own for a node's data, small enough to fill. */
export interface SmallDisk extends AsyncDisposable {
  readonly path: string
  /** Somebody else takes all but so many bytes. */
  fill(leave: number): Promise<void>
  /** And gives it back. */
  empty(): Promise<void>
}

/** Mounts a disk of so many bytes in memory. */
export async function smallDisk(bytes: number): Promise<SmallDisk> {
  const path = await mountPoint()
  run('mount', '-t', 'tmpfs', '-o', `size=${bytes},mode=711`, 'tmpfs', path)
  const ballast = join(path, 'ballast')
  return {
    path,
    fill: async (leave) => {
      await using file = await open(ballast, 'w')
      const block = Buffer.alloc(mebibyte)
      for (;;) {
        const { bavail, bsize } = await statfs(path)
        const rest = bavail * bsize - leave
        if (rest <= 0) return
        await file.write(block, 0, Math.min(rest, mebibyte))
      }
    },
    empty: () => rm(ballast),
    [Symbol.asyncDispose]: () => unmounted(path),
  }
}

/** A disk that can fail as real ones do. */
export interface FailingDisk extends AsyncDisposable {
  readonly path: string
  /** The file system takes no writes from now on, whatever is open: what ext4 does at an error of its disk. */
  fail(): void
  /** Repairs and mounts it again, once what was open on it is closed: engines end a little after their program. */
  repair(): Promise<void>
}

/** Mounts a disk of so many bytes from a file. */
export async function failingDisk(bytes: number): Promise<FailingDisk> {
  const path = await mountPoint()
  const image = `${path}.ext4`
  await writeFile(image, '')
  await truncate(image, bytes)
  run('mkfs.ext4', '-q', '-F', image)
  const mount = () => run('mount', '-o', 'loop', image, path)
  mount()
  await chmod(path, 0o711)
  return {
    path,
    fail: () => run('mount', '-o', 'remount,abort', path),
    repair: async () => {
      await until('the disk to be let go', patience, () => {
        run('umount', path)
        return true
      })
      // 1: errors were corrected.
      run('sh', '-c', 'e2fsck -p "$0" >/dev/null || [ $? = 1 ]', image)
      mount()
    },
    async [Symbol.asyncDispose]() {
      await unmounted(path)
      await rm(image)
    },
  }
}

/** The database server of a node started by root gets there as another user. */
async function mountPoint(): Promise<string> {
  const path = await mkdtemp(join(tmpdir(), 'haidang-disk-'))
  await chmod(path, 0o711)
  return path
}

async function unmounted(path: string): Promise<void> {
  run('umount', '-l', path)
  await rm(path, { recursive: true })
}

function run(program: string, ...words: readonly string[]): void {
  execFileSync(program, words, { stdio: ['ignore', 'ignore', 'pipe'] })
}
