import { z } from 'zod'
import { endpoint } from './endpoint.ts'
import { idOf } from './id.ts'
import { MonitoringDraft, StationMonitoring } from './monitoring.ts'
import { PageQuery, pageOf } from './page.ts'
import { ReleaseVersion } from './release.ts'
import { Gap, JoinCode, ParentLink, Station } from './station.ts'

const params = z.object({ id: idOf('station') })

export const stationApi = {
  list: endpoint({
    method: 'GET',
    path: '/api/v1/stations',
    permission: 'station.read',
    summary: 'List stations with state, health and open gaps',
    query: PageQuery,
    reply: pageOf(Station),
  }),
  get: endpoint({
    method: 'GET',
    path: '/api/v1/stations/:id',
    permission: 'station.read',
    summary: 'Read one station',
    params,
    reply: Station,
  }),
  gaps: endpoint({
    method: 'GET',
    path: '/api/v1/gaps',
    permission: 'station.read',
    summary: 'List gaps and silences, open first',
    query: PageQuery,
    reply: pageOf(Gap),
  }),
  release: endpoint({
    method: 'GET',
    path: '/api/v1/stations/:id/release',
    permission: 'station.read',
    summary: 'Read the release policy of a station and its history, newest first',
    params,
    reply: z.object({ items: z.array(ReleaseVersion) }),
  }),
  monitoring: endpoint({
    method: 'GET',
    path: '/api/v1/stations/:id/monitoring',
    permission: 'station.read',
    summary: 'Read which sources of a station are monitored directly, and how that goes',
    params,
    reply: StationMonitoring,
  }),
  monitor: endpoint({
    method: 'POST',
    path: '/api/v1/stations/:id/monitoring',
    permission: 'station.manage',
    summary: 'Ask a station for the whole event stream of some of its sources, or of none',
    params,
    body: MonitoringDraft,
    reply: StationMonitoring,
  }),
  approve: endpoint({
    method: 'POST',
    path: '/api/v1/stations/:id/approve',
    permission: 'station.manage',
    summary: 'Approve a pending station: it receives its certificate',
    params,
    reply: Station,
  }),
  reject: endpoint({
    method: 'POST',
    path: '/api/v1/stations/:id/reject',
    permission: 'station.manage',
    summary: 'Reject a pending station with a reason',
    params,
    body: z.object({ reason: z.string().trim().min(3).max(1000) }),
    reply: Station,
  }),
  revoke: endpoint({
    method: 'POST',
    path: '/api/v1/stations/:id/revoke',
    permission: 'station.manage',
    summary: 'Revoke a station’s certificate at once',
    params,
    body: z.object({ reason: z.string().trim().min(3).max(1000) }),
    reply: Station,
  }),
  replace: endpoint({
    method: 'POST',
    path: '/api/v1/stations/:id/replace',
    permission: 'station.manage',
    summary:
      'Let another station of the same organisation take the place of this one; its key ends',
    params,
    body: z.object({
      successor_id: idOf('station'),
      reason: z.string().trim().min(3).max(1000),
    }),
    reply: Station,
  }),
  joinCodes: endpoint({
    method: 'GET',
    path: '/api/v1/join-codes',
    permission: 'station.manage',
    summary: 'List join codes (never the code itself)',
    query: PageQuery,
    reply: pageOf(JoinCode),
  }),
  createJoinCode: endpoint({
    method: 'POST',
    path: '/api/v1/join-codes',
    permission: 'station.manage',
    summary: 'Make a single-use join code for an organisation; shown once',
    body: z.object({
      organisation_id: idOf('organisation'),
      valid_minutes: z.int().min(5).max(10_080).default(60),
    }),
    reply: z.object({ join_code: JoinCode, code: z.string() }),
  }),
  parent: endpoint({
    method: 'GET',
    path: '/api/v1/parent',
    permission: 'station.read',
    summary: 'The tie of this node to its parent',
    reply: ParentLink,
  }),
  join: endpoint({
    method: 'POST',
    path: '/api/v1/parent',
    permission: 'station.manage',
    summary: 'Join a parent with a code it gave out',
    body: z.object({
      code: z.string().trim().min(16).max(4096),
      location: z.string().max(300).default(''),
      contact: z.string().max(300).default(''),
    }),
    reply: ParentLink,
  }),
}
