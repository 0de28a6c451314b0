import { randomUUID } from 'node:crypto'
import { createWriteStream } from 'node:fs'
import { mkdir, rm } from 'node:fs/promises'
import type { IncomingMessage } from 'node:http'
import { join } from 'node:path'
import { Transform } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import { createGunzip } from 'node:zlib'
import type { EngineSessions } from './chdb-sessions.ts'
import { checked, type Insert, tooManyBytes } from './chdb-statement.ts'
import { assigned, quoted } from './statement-text.ts'

/** Bytes a body may have, unpacked. */
const bodyLimit = 256 * 1024 * 1024

/**
 * Inserts whose rows come in the body of a request. The engine reads them from a file: handed over in
 * memory they cost it more than twice the processor time, for copies and for memory new each time.
 */
export class ChdbInserts {
  readonly #directory: string
  readonly #writers: EngineSessions

  /** `directory`: of files that live as long as their insert. */
  constructor(directory: string, writers: EngineSessions) {
    this.#directory = directory
    this.#writers = writers
  }

  /** Takes away what a killed predecessor left. */
  async open(): Promise<void> {
    await rm(this.#directory, { recursive: true, force: true })
    await mkdir(this.#directory, { recursive: true, mode: 0o700 })
  }

  /**
   * Resolves when the rows in the body of the request, optionally gzip, are durable. Throws
   * ClickhouseRefusal for a bad setting and for a body that is too long.
   */
  async run(
    { table, columns, format }: Insert,
    settings: Readonly<Record<string, string>>,
    request: IncomingMessage,
  ): Promise<void> {
    for (const name of Object.keys(settings)) checked(name)
    const file = join(this.#directory, randomUUID())
    try {
      await receive(request, file)
      const into = columns === undefined ? table : `${table} (${columns.join(', ')})`
      const given = assigned(settings)
      const rows = `${columns?.join(', ') ?? '*'} FROM file(${quoted(file)}, ${quoted(format)})`
      await this.#writers.use(({ session }) =>
        session.queryAsync(`INSERT INTO ${into} SETTINGS ${given} SELECT ${rows}`),
      )
    } finally {
      await rm(file, { force: true })
    }
  }
}

async function receive(request: IncomingMessage, file: string): Promise<void> {
  const unpack = request.headers['content-encoding'] === 'gzip' ? [createGunzip()] : []
  await pipeline([request, ...unpack, limited(), createWriteStream(file, { mode: 0o600 })])
}

function limited(): Transform {
  let length = 0
  return new Transform({
    transform(part: Buffer, _, done) {
      length += part.length
      if (length > bodyLimit) done(tooManyBytes(bodyLimit))
      else done(null, part)
    },
  })
}
