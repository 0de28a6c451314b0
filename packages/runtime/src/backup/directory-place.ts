import { mkdir, readFile, rm } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { writeDurably } from '../write-durably.ts'
import type { BackupPlace } from './backup-place.ts'

/** Keeps backups below a directory, readable by its owner alone. */
export class DirectoryPlace implements BackupPlace {
  readonly label: string

  constructor(directory: string) {
    this.label = directory
  }

  async read(name: string): Promise<Uint8Array | undefined> {
    return await readFile(join(this.label, name)).catch((error: NodeJS.ErrnoException) => {
      if (error.code !== 'ENOENT') throw error
      return undefined
    })
  }

  async write(name: string, bytes: Uint8Array): Promise<void> {
    const path = join(this.label, name)
    await mkdir(dirname(path), { recursive: true, mode: 0o700 })
    await writeDurably(path, bytes)
  }

  async remove(name: string): Promise<void> {
    await rm(join(this.label, name), { force: true })
  }

  close(): void {}
}
