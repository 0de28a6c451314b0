import { execFileSync, spawn } from 'node:child_process'
import { once } from 'node:events'
import { chownSync, existsSync, mkdtempSync, readdirSync, rmSync } from 'node:fs'
import { createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'

const installed = '/usr/lib/postgresql'

/** Folder of the newest PostgreSQL server of this machine's own packages; undefined: there is none. */
export function serverBinaries(): string | undefined {
  if (!existsSync(installed)) return undefined
  const versions = readdirSync(installed).sort((a, b) => Number(b) - Number(a))
  return versions
    .map((version) => join(installed, version, 'bin'))
    .find((bin) => existsSync(join(bin, 'postgres')))
}

/** A server of its own, made and started for one test; its superuser is trusted on loopback. */
export async function temporaryServer(bin: string): Promise<AsyncDisposable & { url: string }> {
  const directory = mkdtempSync(join(tmpdir(), 'haidang-server-'))
  const account = process.getuid?.() === 0 ? accountOf('postgres') : undefined
  if (account) chownSync(directory, account.uid, account.gid)
  const run = { ...account, cwd: directory, env: { LC_ALL: 'C.UTF-8', PATH: '/usr/bin:/bin' } }
  const data = join(directory, 'data')
  execFileSync(join(bin, 'initdb'), ['-D', data, '-U', 'postgres', '-A', 'trust', '-N'], {
    ...run,
    stdio: 'pipe',
  })
  const port = await freePort()
  const options = [
    '-D',
    data,
    '-p',
    String(port),
    '-h',
    '127.0.0.1',
    '-k',
    directory,
    '-c',
    'fsync=off',
  ]
  const server = spawn(join(bin, 'postgres'), options, { ...run, stdio: 'ignore' })
  const ready = () =>
    execFileSync(join(bin, 'pg_isready'), ['-h', '127.0.0.1', '-p', String(port)], {
      stdio: 'pipe',
    })
  await until(ready)
  return {
    url: `postgres://postgres@127.0.0.1:${port}/postgres`,
    async [Symbol.asyncDispose]() {
      const gone = once(server, 'exit')
      server.kill('SIGINT')
      await gone
      rmSync(directory, { recursive: true, force: true })
    },
  }
}

function accountOf(name: string): { uid: number; gid: number } {
  const id = (flag: string) => Number(execFileSync('id', [flag, name], { encoding: 'utf8' }))
  return { uid: id('-u'), gid: id('-g') }
}

async function freePort(): Promise<number> {
  const listener = createServer().listen(0, '127.0.0.1')
  await once(listener, 'listening')
  const address = listener.address()
  listener.close()
  if (address === null || typeof address === 'string') throw new Error('no free port')
  return address.port
}

async function until(succeeds: () => unknown): Promise<void> {
  const deadline = AbortSignal.timeout(30_000)
  for (;;) {
    try {
      succeeds()
      return
    } catch (error) {
      if (deadline.aborted) throw error
    }
    await pause(100)
  }
}
