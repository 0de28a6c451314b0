import { doubtDraft } from './access-drafts.ts'
import type { Holding } from './access-holding.ts'
import type { Sample } from './access-sample.ts'

const list: Sample = { names: 'nothing' }

/** How the endpoints of stations, of joining, and of a node's own keys are called. */
export const linkSamples: Readonly<Record<string, (of: Holding) => Sample>> = {
  'authorityApi.get': () => list,
  'authorityApi.rotate': () => ({ ...list, body: { reason: 'thử' } }),
  'authorityApi.retire': () => ({ ...list, body: { reason: 'thử' } }),
  'authorityApi.replace': () => ({ ...list, body: { reason: 'thử' } }),
  'authorityApi.signingKeys': () => list,
  'authorityApi.rotateSigningKey': () => ({ ...list, body: { reason: 'thử' } }),
  'authorityApi.replaceSigningKey': () => ({ ...list, body: { reason: 'thử' } }),
  'stationConfigurationApi.current': () => list,
  'stationConfigurationApi.versions': () => list,
  'stationConfigurationApi.stations': () => list,
  'stationConfigurationApi.preview': () => ({ ...list, body: { plan: { groups: [] } } }),
  'stationConfigurationApi.publish': () => ({
    ...list,
    body: { plan: { groups: [] }, reason: 'thử', based_on: 0 },
  }),
  'stationConfigurationApi.restore': () => ({
    ...list,
    params: { number: '1' },
    body: { reason: 'thử', based_on: 0 },
  }),
  'joinFileApi.ask': () => ({ ...list, body: {} }),
  'joinFileApi.apply': () => ({ ...list, body: { file: {}, authority: 'ab'.repeat(32) } }),
  'joinFileApi.receive': (of) => ({ body: { organisation_id: of.organisation, file: {} } }),
  'joinFileApi.answer': (of) => ({ params: { id: of.station } }),
  'stationDigestApi.stations': () => list,
  'stationDigestApi.list': (of) => ({ params: { id: of.station } }),
  'stationDigestApi.settle': (of) => ({ params: { id: of.station }, body: { reason: 'thử' } }),
  'doubtApi.list': (of) => ({ params: { id: of.station } }),
  'doubtApi.mark': (of) => ({ params: { id: of.station }, body: doubtDraft }),
  'doubtApi.lift': (of) => ({ params: { id: of.doubt }, body: { reason: 'thử' } }),
  'stationApi.list': () => list,
  'stationApi.get': (of) => ({ params: { id: of.station } }),
  'stationApi.release': (of) => ({ params: { id: of.station } }),
  'stationApi.monitoring': (of) => ({ params: { id: of.station } }),
  'stationApi.monitor': (of) => ({
    params: { id: of.station },
    body: { sources: [], reason: 'thử' },
  }),
  'stationApi.gaps': () => list,
  'stationApi.approve': (of) => ({ params: { id: of.station } }),
  'stationApi.reject': (of) => ({ params: { id: of.station }, body: { reason: 'thử' } }),
  'stationApi.revoke': (of) => ({ params: { id: of.station }, body: { reason: 'thử' } }),
  'stationApi.replace': (of) => ({
    params: { id: of.station },
    body: { successor_id: of.station, reason: 'thử' },
  }),
  'stationApi.joinCodes': () => list,
  'stationApi.createJoinCode': (of) => ({ body: { organisation_id: of.organisation } }),
  'stationApi.parent': () => list,
  'stationApi.join': () => ({ ...list, body: { code: 'not-a-join-code-at-all' } }),
}
