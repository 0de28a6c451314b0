import { type Holding, password } from './access-holding.ts'
import type { Sample } from './access-sample.ts'
import type { CentreNode } from './centre-node.ts'

const list: Sample = { names: 'nothing' }
const credential = { id: 'eA', rawId: 'eA', type: 'public-key' }
const passkeyMade = { ...credential, response: { clientDataJSON: 'eA', attestationObject: 'eA' } }
const passkeyShown = {
  ...credential,
  response: { clientDataJSON: 'eA', authenticatorData: 'eA', signature: 'eA' },
}
const passkeyParams = (of: Holding) => ({ id: of.person.replace('usr_', 'psk_') })

const someProvider = (node: CentreNode) => ({ id: node.newId('provider') })

/** How the endpoints of signing in are called: sessions, factors, invitations, recovery. */
export const signInSamples: Readonly<Record<string, (of: Holding, node: CentreNode) => Sample>> = {
  'sessionListApi.list': () => list,
  'sessionListApi.history': () => list,
  'sessionListApi.end': () => ({ ...list, params: { id: 'x' } }),
  'sessionListApi.endOthers': () => list,
  'sessionListApi.ofPerson': (of) => ({ params: { id: of.person } }),
  'sessionListApi.endOfPerson': (of) => ({ params: { id: of.person } }),
  'factorApi.read': () => list,
  'factorApi.beginTotp': () => ({ ...list, body: {} }),
  'factorApi.confirmTotp': () => ({ ...list, body: { code: '000000' } }),
  'factorApi.removeTotp': () => ({ ...list, body: { code: '000000' } }),
  'factorApi.renewCodes': () => ({ ...list, body: { code: '000000' } }),
  'passkeyApi.begin': () => ({ ...list, body: {} }),
  'passkeyApi.add': () => ({ ...list, body: { name: 'x', made: passkeyMade } }),
  'passkeyApi.rename': (of) => ({ params: passkeyParams(of), body: { name: 'x' } }),
  'passkeyApi.remove': (of) => ({ params: passkeyParams(of), body: {} }),
  'passkeyApi.offer': () => ({ ...list, body: {} }),
  'passkeyApi.open': () => ({ ...list, body: { shown: passkeyShown } }),
  'accessPolicyApi.read': () => list,
  'accessPolicyApi.change': () => ({ ...list, body: { idle_minutes: 60 } }),
  'providerApi.list': () => list,
  'providerApi.create': (_, node) => ({
    ...list,
    body: {
      issuer: `https://${node.newId('problem')}.example`,
      name: 'x',
      client_id: 'x',
      enabled: false,
    },
  }),
  'providerApi.change': (_, node) => ({ ...list, params: someProvider(node), body: {} }),
  'providerApi.remove': (_, node) => ({ ...list, params: someProvider(node) }),
  'providerApi.check': (_, node) => ({ ...list, params: someProvider(node) }),
  'providerSessionApi.offered': () => list,
  'providerSessionApi.begin': (_, node) => ({
    ...list,
    body: { provider_id: node.newId('provider') },
  }),
  'providerSessionApi.back': () => list,
  'providerSessionApi.finish': () => ({ ...list, body: { code: '000000' } }),
  'identityApi.list': () => list,
  'identityApi.link': (_, node) => ({ ...list, body: { provider_id: node.newId('provider') } }),
  'identityApi.unlink': (_, node) => ({
    ...list,
    params: { id: node.newId('identity') },
    body: {},
  }),
  'identityApi.ofPerson': (of) => ({ params: { id: of.person } }),
  'identityApi.unlinkOf': (of, node) => ({
    params: { id: of.person, identity: node.newId('identity') },
    body: { reason: 'thử' },
  }),
  'invitationApi.list': () => list,
  'invitationApi.create': (of, node) => ({
    body: {
      organisation_id: of.organisation,
      role_id: 'focal-point',
      email: `${node.newId('person')}@x.example`,
      name: 'Mới',
    },
  }),
  'invitationApi.revoke': (of) => ({ params: { id: of.invitation } }),
  'invitationApi.show': () => ({ ...list, body: { token: 'x'.repeat(40) } }),
  'invitationApi.accept': () => ({
    ...list,
    body: { token: 'x'.repeat(40), name: 'x', password },
  }),
  'recoveryApi.issue': (of) => ({ params: { id: of.person }, body: {} }),
  'recoveryApi.show': () => ({ ...list, body: { token: 'x'.repeat(40) } }),
  'recoveryApi.use': () => ({ ...list, body: { token: 'x'.repeat(40), password } }),
}
