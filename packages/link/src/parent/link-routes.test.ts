import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { ManualClock } from '@haidang/runtime/clock'
import type { Database } from '@haidang/runtime/database/database'
import { problemReplier } from '@haidang/runtime/http/problem-reply'
import { idsFrom } from '@haidang/runtime/ids'
import { silentLog } from '@haidang/runtime/silent-log'
import { fastify } from 'fastify'
import { expect, test } from 'vitest'
import { Authorities } from '../keys/authorities.ts'
import { Admission } from './admission.ts'
import { type LinkRouteParts, serveLink } from './link-routes.ts'
import { PeerGate } from './peer-gate.ts'
import { StationStore } from './station-store.ts'

test('what a stranger sends is refused by its size or its sender before it is held in memory', async () => {
  const clock = new ManualClock('2026-03-01T00:00:00.000Z')
  const directory = await mkdtemp(join(tmpdir(), 'link-routes-'))
  const authorities = await Authorities.open(directory, 'nod_1', clock)
  const gate = new PeerGate({} as Database, new StationStore(), authorities, clock)
  const app = fastify({ bodyLimit: 200_000 })
  app.removeAllContentTypeParsers()
  app.addContentTypeParser('*', { parseAs: 'buffer' }, (_request, body, done) => done(null, body))
  app.setErrorHandler(problemReplier(silentLog, idsFrom(clock)))
  const parts: Partial<LinkRouteParts> = { gate, admission: new Admission(clock), clock }
  serveLink(app, parts as LinkRouteParts)
  const post = async (url: string, payload: Buffer) => {
    const { statusCode, body } = await app.inject({ method: 'POST', url, payload })
    return { status: statusCode, code: JSON.parse(body).code }
  }
  expect(await post('/link/v1/streams/alerts?first=1&last=1', Buffer.alloc(300_000))).toMatchObject(
    {
      code: 'link.certificate-required',
    },
  )
  expect(await post('/link/v1/join', Buffer.alloc(150_000))).toMatchObject({ status: 413 })
  await rm(directory, { recursive: true })
})
