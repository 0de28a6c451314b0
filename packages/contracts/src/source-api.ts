import { z } from 'zod'
import { changeOf } from './change.ts'
import { endpoint } from './endpoint.ts'
import { idOf } from './id.ts'
import { PageQuery, pageOf } from './page.ts'
import { Product } from './product.ts'
import { Silence, SourceRhythm } from './silence.ts'
import { Reject, Source, SourceDraft } from './source.ts'
import { Entrance, SampleQuery, SourceSamples } from './source-samples.ts'

const params = z.object({ id: idOf('source') })

/** Sources of the station part of this node. */
export const sourceApi = {
  list: endpoint({
    method: 'GET',
    path: '/api/v1/sources',
    permission: 'source.read',
    summary: 'List the sources of this station',
    query: PageQuery,
    reply: pageOf(Source),
  }),
  entrance: endpoint({
    method: 'GET',
    path: '/api/v1/sources/entrance',
    permission: 'source.read',
    summary: 'Where senders reach this station: addresses and ports',
    reply: Entrance,
  }),
  products: endpoint({
    method: 'GET',
    path: '/api/v1/sources/products',
    permission: 'source.read',
    summary: 'Products a source can be set up as, with their ways in and lines to copy',
    reply: z.object({ items: z.array(Product) }),
  }),
  samples: endpoint({
    method: 'GET',
    path: '/api/v1/sources/:id/samples',
    permission: 'source.read',
    summary: 'What lately came from a source and how it reads; while nothing came, why that may be',
    params,
    query: SampleQuery,
    reply: SourceSamples,
  }),
  create: endpoint({
    method: 'POST',
    path: '/api/v1/sources',
    permission: 'source.manage',
    summary: 'Add a source; a source whose way in needs one answers with its token, once',
    body: SourceDraft,
    reply: z.object({ source: Source, token: z.string().nullable() }),
  }),
  update: endpoint({
    method: 'PATCH',
    path: '/api/v1/sources/:id',
    permission: 'source.manage',
    summary: 'Change a source; pause or resume it',
    params,
    body: changeOf(SourceDraft.omit({ collector: true })).extend({
      paused: z.boolean().optional(),
    }),
    reply: Source,
  }),
  remove: endpoint({
    method: 'DELETE',
    path: '/api/v1/sources/:id',
    permission: 'source.manage',
    summary: 'Stop a source and remove it; its records stay',
    params,
    reply: z.object({ removed: z.literal(true) }),
  }),
  renewToken: endpoint({
    method: 'POST',
    path: '/api/v1/sources/:id/token',
    permission: 'source.manage',
    summary: 'Replace the token of a source',
    params,
    reply: z.object({ token: z.string() }),
  }),
  rhythm: endpoint({
    method: 'GET',
    path: '/api/v1/sources/:id/rhythm',
    permission: 'source.read',
    summary: 'What a source usually sends at each hour of the week, and what it sent last',
    params,
    reply: SourceRhythm,
  }),
  silences: endpoint({
    method: 'GET',
    path: '/api/v1/silences',
    permission: 'source.read',
    summary: 'List stretches in which sources did not send what they usually do, newest first',
    query: PageQuery,
    reply: pageOf(Silence),
  }),
  rejects: endpoint({
    method: 'GET',
    path: '/api/v1/rejects',
    permission: 'source.read',
    summary: 'List records that could not be parsed',
    query: PageQuery,
    reply: pageOf(Reject),
  }),
  replay: endpoint({
    method: 'POST',
    path: '/api/v1/rejects/replay',
    permission: 'source.manage',
    summary: 'Parse kept rejects again: chosen ones, or all of a source or reason',
    body: z.object({
      ids: z.array(idOf('reject')).max(500).optional(),
      source_id: idOf('source').optional(),
      reason: z.string().max(100).optional(),
    }),
    reply: z.object({ replayed: z.number(), still_rejected: z.number() }),
  }),
}
