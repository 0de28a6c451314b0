import { randomUUID } from 'node:crypto'
import type { IncomingMessage, ServerResponse } from 'node:http'
import { promisify } from 'node:util'
import { gunzip } from 'node:zlib'
import type { ChdbInserts } from './chdb-insert.ts'
import { type EngineSession, type EngineSessions, TooManyWaiting } from './chdb-sessions.ts'
import {
  asksParquet,
  isSelect,
  prepare,
  readInsert,
  type Statement,
  tooManyBytes,
} from './chdb-statement.ts'
import { quoted } from './statement-text.ts'

/** What the endpoint works with. Inserts have connections of their own, so that searches cannot hold them up. */
export interface Engine {
  readonly readers: EngineSessions
  readonly writers: EngineSessions
  readonly inserts: ChdbInserts
  /** Where a running statement is stopped from. */
  readonly control: EngineSessions
  readonly defaults: Readonly<Record<string, string>>
}

/** Bytes a statement may have with all its values. */
const statementLimit = 16 * 1024 * 1024
const unzip = promisify(gunzip)

/** Parameters of the HTTP interface that are no settings of the engine. */
const notSettings =
  /^(?:query|query_id|database|default_format|session_id|role|user|password|compress|decompress|wait_end_of_query|buffer_size|send_progress_in_http_headers|enable_http_compression|http_.*|param_.*)$/

/**
 * Answers one request of the ClickHouse HTTP interface: `GET /ping`, a statement in the body, or an
 * insert with its statement in `query` and its rows in the body (optionally gzip). Errors carry the
 * code in `X-ClickHouse-Exception-Code`; one that strikes mid-stream follows the rows, tagged.
 */
export async function answer(
  engine: Engine,
  request: IncomingMessage,
  response: ServerResponse,
): Promise<void> {
  try {
    const url = new URL(request.url ?? '/', 'http://engine')
    if (url.pathname === '/ping') {
      response.end('Ok.\n')
      return
    }
    await run(engine, url.searchParams, request, response)
  } catch (error) {
    refuse(response, error)
  }
}

async function run(
  engine: Engine,
  search: URLSearchParams,
  request: IncomingMessage,
  response: ServerResponse,
): Promise<void> {
  const named = search.get('query')
  const insert = readInsert(named ?? '')
  const statement = statementOf(named ?? (await readBody(request)), search)
  if (insert) {
    const settings = { ...engine.defaults, ...Object.fromEntries(statement.settings) }
    await engine.inserts.run(insert, settings, request)
    response.end()
  } else if (asksParquet(statement.sql)) {
    // One file comes whole: pieces of an answer would each be a file of their own.
    await engine.readers.use(async (held) => {
      await prepare(held, statement, engine.defaults)
      const result = await held.session.queryAsync(statement.sql, { format: 'Parquet' })
      response.end(result.bytes())
    })
  } else if (isSelect(statement.sql)) {
    await engine.readers.use((held) => stream(engine, held, statement, response))
  } else {
    await engine.writers.use(async (held) => {
      await prepare(held, statement, engine.defaults)
      const result = await held.session.queryAsync(statement.sql, { format: 'JSONEachRow' })
      response.end(result.bytes())
    })
  }
}

/** Sends rows as they come; stops the engine when the reader goes away. */
async function stream(
  engine: Engine,
  held: EngineSession,
  statement: Statement,
  response: ServerResponse,
): Promise<void> {
  const mark = randomUUID()
  const settings = new Map([...statement.settings, ['log_comment', mark]])
  await prepare(held, { ...statement, settings }, engine.defaults)
  const gone = () => {
    if (!response.writableFinished) void cancel(engine, mark)
  }
  response.once('close', gone)
  response.setHeader('X-ClickHouse-Exception-Tag', mark.slice(0, 16))
  try {
    for await (const chunk of held.session.queryStream(statement.sql, { format: 'JSONEachRow' })) {
      if (response.destroyed) break
      if (!response.write(chunk.raw())) await writable(response)
    }
    response.end()
  } catch (error) {
    if (!response.headersSent) throw error
    const message = `${messageOf(error)}\n`
    const tag = mark.slice(0, 16)
    response.end(
      `\r\n__exception__\r\n${tag}\r\n${message}${Buffer.byteLength(message)} ${tag}\r\n__exception__\r\n`,
    )
  } finally {
    response.off('close', gone)
  }
}

async function cancel(engine: Engine, mark: string): Promise<void> {
  await engine.control
    .use(({ session }) =>
      session.queryAsync(
        `KILL QUERY WHERE query_id IN (SELECT query_id FROM system.processes WHERE Settings['log_comment'] = ${quoted(mark)}) ASYNC`,
      ),
    )
    // The statement has ended by itself, or ends at its time limit.
    .catch(() => undefined)
}

function writable(response: ServerResponse): Promise<void> {
  return new Promise((resolve) => {
    const done = () => {
      response.off('drain', done)
      response.off('close', done)
      resolve()
    }
    response.once('drain', done)
    response.once('close', done)
  })
}

function statementOf(sql: string, search: URLSearchParams): Statement {
  const settings = new Map<string, string>()
  const parameters = new Map<string, string>()
  for (const [name, value] of search) {
    if (name.startsWith('param_')) parameters.set(name.slice('param_'.length), value)
    else if (!notSettings.test(name)) settings.set(name, value)
  }
  return { sql, settings, parameters }
}

async function readBody(request: IncomingMessage): Promise<string> {
  const parts: Buffer[] = []
  let length = 0
  for await (const part of request as AsyncIterable<Buffer>) {
    length += part.length
    if (length > statementLimit) throw tooManyBytes(statementLimit)
    parts.push(part)
  }
  const body = Buffer.concat(parts)
  const isPacked = request.headers['content-encoding'] === 'gzip'
  const plain = isPacked ? await unzip(body, { maxOutputLength: statementLimit }) : body
  return plain.toString('utf8')
}

function refuse(response: ServerResponse, error: unknown): void {
  if (response.headersSent) {
    response.destroy()
    return
  }
  const message =
    error instanceof TooManyWaiting
      ? `Code: 202. DB::Exception: ${error.message}. (TOO_MANY_SIMULTANEOUS_QUERIES)`
      : messageOf(error)
  const code = /Code: (\d+)/.exec(message)?.[1]
  response.statusCode = code === '202' ? 503 : 500
  if (code) response.setHeader('X-ClickHouse-Exception-Code', code)
  response.end(message)
}

function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error)
}
