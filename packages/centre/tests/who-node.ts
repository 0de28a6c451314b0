import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { type Client, createClient } from '@haidang/contracts/client'
import type { Api } from '@haidang/contracts/endpoint'
import { keyApi, personApi, sessionApi, setupApi } from '@haidang/contracts/person-api'
import { linkMigrations } from '@haidang/link/migrations'
import { ManualClock } from '@haidang/runtime/clock'
import { createHttp } from '@haidang/runtime/http/create-http'
import { idsFrom } from '@haidang/runtime/ids'
import { createJournal } from '@haidang/runtime/journal-log'
import { Metrics } from '@haidang/runtime/metrics'
import { runtimeMigrations } from '@haidang/runtime/migrations'
import { silentLog } from '@haidang/runtime/silent-log'
import { testDatabase } from '@haidang/testbed/test-database'
import { expect } from 'vitest'
import { centreMigrations } from '../src/migrations.ts'
import { type MailWay, openOutbox } from '../src/notifications.ts'
import { createWho } from '../src/who.ts'

export const password = 'mật khẩu thật dài 1'

/** What a request carries to say who sends it. */
interface Bearer {
  readonly cookie?: string
  readonly authorization?: string
  readonly host?: string
}

/** A refusal, as the problem body says. */
class Refused extends Error {
  readonly code: string
  readonly status: number

  constructor(code: string, status: number, detail: string) {
    super(`${code}: ${detail}`)
    this.code = code
    this.status = status
  }
}

/** The line "who" on a database of its own, with a clock set by hand. */
export async function whoNode(mail?: MailWay) {
  const database = await testDatabase([runtimeMigrations, linkMigrations, centreMigrations])
  const dataDirectory = await mkdtemp(join(tmpdir(), 'haidang-who-'))
  const clock = new ManualClock('2026-11-22T02:00:00.000Z')
  const newId = idsFrom(clock)
  const http = createHttp({
    log: silentLog,
    metrics: new Metrics({ process: false }),
    clock,
    publicRate: { burst: 10_000, perSecond: 10_000 },
  })
  const journal = createJournal({ database, clock, newId })
  const outbox = await openOutbox({ database, clock, newId, mail, node: { dataDirectory } })
  const who = await createWho({
    post: outbox.notifications,
    http,
    database,
    journal,
    clock,
    newId,
    log: silentLog,
    localToken: 'hdl_local-token-of-a-test',
    node: {
      id: newId('node'),
      version: '0',
      simulated: true,
      demo: false,
      dataDirectory,
      contentDirectory: join(import.meta.dirname, '../../../content'),
      publicUrls: ['https://soc.example'],
      ties: async () => ({ has_parent: false, has_children: false }),
    },
  })

  async function send(method: string, url: string, body: unknown, headers: object) {
    return http.inject({
      method: method as 'POST',
      url,
      headers: { host: '127.0.0.1:8080', ...headers },
      ...(body === undefined ? {} : { payload: body as object }),
    })
  }

  function client<A extends Api>(api: A, headers: Bearer = {}): Client<A> {
    return createClient(api, async (method, path, body) => {
      const reply = await send(method, path, body, headers)
      const answer = reply.json()
      if (reply.statusCode < 400) return answer
      throw new Refused(answer.code, reply.statusCode, answer.detail)
    })
  }

  /** Signs in and answers with the cookie to send from now on. */
  async function signIn(email: string, secret = password, headers: object = {}) {
    const reply = await send('POST', '/api/v1/session', { email, password: secret }, headers)
    const answer = reply.json()
    if (reply.statusCode >= 400) throw new Refused(answer.code, reply.statusCode, answer.detail)
    const set = reply.cookies.map(({ name, value }) => `${name}=${encodeURIComponent(value)}`)
    return { cookie: set.join('; '), cookies: reply.cookies, me: answer }
  }

  /** First-run set-up; answers with the ids it made. */
  async function setUp() {
    return client(setupApi).complete({
      body: {
        token: (await who.setup.token()) ?? '',
        language: 'vi',
        node_name: 'Trung tâm thử',
        organisation: { code: 'TT', name: 'Trung tâm', kind: 'national_centre' },
        administrator: { name: 'Quản trị', email: 'quan-tri@tt.example', password },
      },
    })
  }

  return {
    ...who,
    whoPeople: who.people,
    outbox,
    dataDirectory,
    database,
    clock,
    journal,
    http,
    client,
    send,
    signIn,
    setUp,
    people: (headers: Bearer) => client(personApi, headers),
    session: (headers: Bearer) => client(sessionApi, headers),
    keysOf: (headers: Bearer) => client(keyApi, headers),
    local: { authorization: 'Bearer hdl_local-token-of-a-test' },
    async [Symbol.asyncDispose]() {
      await http.close()
      await database[Symbol.asyncDispose]()
      await rm(dataDirectory, { recursive: true, force: true })
    },
  }
}

/** Resolves when a statement waits for a lock somebody else holds. */
export async function untilWaiting(node: Awaited<ReturnType<typeof whoNode>>): Promise<void> {
  const waiting = `select count(*)::int as count from pg_stat_activity
    where datname = current_database() and wait_event_type = 'Lock'`
  await expect
    .poll(async () => JSON.stringify(await node.database.asOwner(waiting)), { timeout: 10_000 })
    .toContain('"count":1')
}
