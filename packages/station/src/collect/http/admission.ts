import type { CollectorKind } from '@haidang/contracts/source'
import { Problem } from '@haidang/runtime/problem'
import type { FastifyRequest } from 'fastify'
import type { SourceRow } from '../../keep/station-tables.ts'
import type { SourceBook } from '../source-book.ts'
import { namesOf } from '../stream-peer.ts'
import { tokenOf } from './credentials.ts'

/**
 * The source a request speaks for: the one whose token it carries. Throws Problem source.token-wrong for a
 * token of no source of this kind or a sender its source does not list, alike; source.paused.
 */
export function admit(
  book: SourceBook,
  collector: CollectorKind,
  request: FastifyRequest,
): SourceRow {
  const token = tokenOf(request.headers.authorization)
  const source = token === undefined ? undefined : book.withToken(collector, token)
  if (!source || !book.lists(source, request.ip, namesOf(request.raw.socket))) {
    book.refused(collector, request.ip, source ? 'address' : 'token')
    throw new Problem('source.token-wrong')
  }
  if (source.paused) throw new Problem('source.paused')
  return source
}
