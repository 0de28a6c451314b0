import { z } from 'zod'
import { changeOf } from './change.ts'
import { endpoint } from './endpoint.ts'
import { idOf } from './id.ts'
import { PageQuery, pageOf } from './page.ts'
import { Product } from './product.ts'
import { RecordFormat } from './record-format.ts'
import { RejectBytes, RejectChoice, RejectReading, RejectReplay } from './reject-replay.ts'
import { Silence, SourceRhythm } from './silence.ts'
import { Reject, Source, SourceDraft } from './source.ts'
import {
  Entrance,
  PastedRecords,
  PastedSurvey,
  SampleQuery,
  SourceSamples,
} from './source-samples.ts'

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
  survey: endpoint({
    method: 'POST',
    path: '/api/v1/sources/survey',
    permission: 'source.read',
    summary: 'Show what pasted records would become, read in a given way; nothing is kept',
    body: PastedRecords,
    reply: PastedSurvey,
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
    summary: 'Begin to parse kept rejects again: chosen ones, or all of a source or reason',
    body: RejectChoice.extend({
      format: RecordFormat.optional().describe('read as this; left out: as each source says now'),
    }),
    reply: RejectReplay,
  }),
  reject: endpoint({
    method: 'GET',
    path: '/api/v1/rejects/:id',
    permission: 'source.read',
    summary: 'Show a record that could not be parsed, with its bytes',
    params: z.object({ id: idOf('reject') }),
    reply: RejectBytes,
  }),
  previewRejects: endpoint({
    method: 'POST',
    path: '/api/v1/rejects/preview',
    permission: 'source.read',
    summary: 'Show what kept rejects would become, read in another way; nothing is kept',
    body: z.object({
      ids: z.array(idOf('reject')).min(1).max(20),
      format: RecordFormat.optional(),
    }),
    reply: z.object({ items: z.array(RejectReading) }),
  }),
  replays: endpoint({
    method: 'GET',
    path: '/api/v1/rejects/replays',
    permission: 'source.read',
    summary: 'List replays of rejects with their progress, newest first',
    query: PageQuery,
    reply: pageOf(RejectReplay),
  }),
  replayProgress: endpoint({
    method: 'GET',
    path: '/api/v1/rejects/replays/:id',
    permission: 'source.read',
    summary: 'How far a replay of rejects is',
    params: z.object({ id: idOf('replay') }),
    reply: RejectReplay,
  }),
  stopReplay: endpoint({
    method: 'POST',
    path: '/api/v1/rejects/replays/:id/stop',
    permission: 'source.manage',
    summary: 'End a replay of rejects after the step in hand',
    params: z.object({ id: idOf('replay') }),
    reply: RejectReplay,
  }),
}
