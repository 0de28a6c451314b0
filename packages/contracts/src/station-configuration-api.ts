import { z } from 'zod'
import { endpoint } from './endpoint.ts'
import { PageQuery, pageOf } from './page.ts'
import {
  ConfigurationPlan,
  ConfigurationVersion,
  ReachedStation,
  StationConfiguration,
} from './station-configuration.ts'

const reason = z.string().trim().min(3).max(1000)
const based_on = z.int().min(0).describe('number the change was made from; 0: there was none')

/** What this node sets at the stations below it. */
export const stationConfigurationApi = {
  current: endpoint({
    method: 'GET',
    path: '/api/v1/station-configuration',
    permission: 'station.read',
    summary: 'Read the plan by which stations are configured',
    reply: z.object({ current: ConfigurationVersion.nullable() }),
  }),
  versions: endpoint({
    method: 'GET',
    path: '/api/v1/station-configuration/versions',
    permission: 'station.read',
    summary: 'List the versions of the plan, newest first',
    query: PageQuery,
    reply: pageOf(ConfigurationVersion),
  }),
  publish: endpoint({
    method: 'POST',
    path: '/api/v1/station-configuration',
    permission: 'station.manage',
    summary: 'Put a plan into force: stations are given what it sets at them',
    body: z.object({ plan: ConfigurationPlan, reason, based_on }),
    reply: ConfigurationVersion,
  }),
  restore: endpoint({
    method: 'POST',
    path: '/api/v1/station-configuration/versions/:number/restore',
    permission: 'station.manage',
    summary: 'Bring the plan of an earlier version back as a new version',
    params: z.object({ number: z.coerce.number().int().min(1).max(1_000_000_000) }),
    body: z.object({ reason, based_on }),
    reply: ConfigurationVersion,
  }),
  preview: endpoint({
    method: 'POST',
    path: '/api/v1/station-configuration/preview',
    permission: 'station.read',
    summary: 'Show which stations a plan reaches and what it sets there; nothing is changed',
    body: z.object({ plan: ConfigurationPlan }),
    reply: z.object({
      reached: z.array(ReachedStation).describe('the first 500'),
      reached_count: z.number(),
      changed_count: z.number(),
      stations: z.number().describe('all stations below this node that were accepted'),
    }),
  }),
  stations: endpoint({
    method: 'GET',
    path: '/api/v1/station-configuration/stations',
    permission: 'station.read',
    summary: 'What each station was given and what it says of it',
    query: PageQuery,
    reply: pageOf(StationConfiguration),
  }),
}
