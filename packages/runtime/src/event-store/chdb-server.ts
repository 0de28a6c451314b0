import { mkdirSync, rmSync, writeFileSync } from 'node:fs'
import { createServer } from 'node:http'
import { join } from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'
import { type ChdbLimits, chdbConfiguration, statementDefaults } from './chdb-configuration.ts'
import { answer, type Engine } from './chdb-http.ts'
import { ChdbInserts } from './chdb-insert.ts'
import { EngineSessions } from './chdb-sessions.ts'

/**
 * Entry of the process that holds the embedded engine. Its parent sends one `ChdbOrder` over the IPC
 * channel and gets `ChdbReady` back. The process lives exactly as long as that channel: a parent that
 * is killed closes it, and nothing is orphaned.
 */
export interface ChdbOrder {
  readonly directory: string
  /** UNIX socket to serve the HTTP interface on. */
  readonly socket: string
  readonly limits: ChdbLimits
}

export type ChdbReady = { readonly ready: true } | { readonly ready: false; readonly cause: string }

/** A killed predecessor may still be closing its files: the engine locks the directory itself. */
const openAttempts = 40
const openPause = 250

// What was answered is on disk, so stopping at once is safe, and never waits for a long statement.
process.on('disconnect', () => process.kill(process.pid, 'SIGKILL'))
process.on('SIGINT', () => undefined)
process.on('SIGTERM', () => undefined)
process.once('message', (order: ChdbOrder) => {
  serve(order).then(
    () => report({ ready: true }),
    (error: unknown) => report({ ready: false, cause: String(error) }),
  )
})

async function serve(order: ChdbOrder): Promise<void> {
  mkdirSync(join(order.directory, 'data'), { recursive: true, mode: 0o700 })
  const configuration = join(order.directory, 'engine.xml')
  writeFileSync(configuration, chdbConfiguration(order.limits))
  const engine = await open(order.directory, configuration, order.limits)
  await engine.inserts.open()
  rmSync(order.socket, { force: true })
  const server = createServer({ keepAliveTimeout: 60_000 }, (request, response) => {
    void answer(engine, request, response)
  })
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject)
    server.listen(order.socket, resolve)
  })
}

async function open(directory: string, configuration: string, limits: ChdbLimits): Promise<Engine> {
  const data = join(directory, 'data')
  const engineArguments = [`--config-file=${configuration}`]
  for (let attempt = 1; ; attempt++) {
    try {
      const readers = new EngineSessions(data, 3, engineArguments)
      const writers = new EngineSessions(data, 2, engineArguments)
      return {
        readers,
        writers,
        inserts: new ChdbInserts(join(directory, 'received'), writers),
        control: new EngineSessions(data, 1, engineArguments),
        defaults: statementDefaults(limits),
      }
    } catch (error) {
      if (attempt >= openAttempts) throw error
      await pause(openPause)
    }
  }
}

function report(ready: ChdbReady): void {
  process.send?.(ready)
}
