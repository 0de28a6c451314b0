import { z } from 'zod'
import { endpoint } from './endpoint.ts'
import { idOf } from './id.ts'
import { PageQuery, pageOf } from './page.ts'
import { StationDigest, StationHistory } from './station-digest.ts'

const params = z.object({ id: idOf('station') })

export const stationDigestApi = {
  stations: endpoint({
    method: 'GET',
    path: '/api/v1/station-digests',
    permission: 'audit.read',
    summary:
      'List the stations that tell of their journal: the last digest and whether it continues',
    query: PageQuery,
    reply: pageOf(StationHistory),
  }),
  list: endpoint({
    method: 'GET',
    path: '/api/v1/stations/:id/digests',
    permission: 'audit.read',
    summary: 'List the signed digests of a station’s journal that are kept here, newest first',
    params,
    query: PageQuery,
    reply: pageOf(StationDigest),
  }),
  settle: endpoint({
    method: 'POST',
    path: '/api/v1/stations/:id/digests/settle',
    permission: 'station.manage',
    summary: 'Say what came of looking into the contradictions of a station’s digests',
    params,
    body: z.object({ reason: z.string().trim().min(3).max(1000) }),
    reply: z.object({ settled: z.int() }),
  }),
}
