import { createClient } from '@haidang/contracts/client'
import { organisationTieApi } from '@haidang/contracts/organisation-tie'
import type { Role } from '@haidang/contracts/person'
import { personApi, setupApi } from '@haidang/contracts/person-api'
import { sharingGroupApi } from '@haidang/contracts/sharing-group'
import { Tlp } from '@haidang/contracts/tlp'
import type { EventStore } from '@haidang/runtime/event-store/event-store'
import type { Jobs } from '@haidang/runtime/jobs'
import { addEverything, type Holding, hold, keyFor, password, senderOf } from './access-holding.ts'
import { type Relation, relations } from './access-matrix.ts'
import { type CentreNode, centreNode, localToken } from './centre-node.ts'

/** Somebody with a key in one role of the organisation that asks. */
export interface Asker {
  readonly role: Role
  readonly secret: string
}

/** Things of one organisation and one TLP. */
export interface Lot {
  readonly relation: Relation
  readonly tlp: Tlp
  readonly things: Holding
}

/** A node on which six organisations have things of every kind at every TLP, and one of them asks. */
export interface Ground {
  readonly node: CentreNode
  readonly askers: readonly Asker[]
  readonly lots: readonly Lot[]
}

/** A node that is set up, with the role that may everything at home. */
export async function standingNode(events?: EventStore, jobs?: Jobs): Promise<CentreNode> {
  const node = await centreNode(events, jobs)
  await createClient(setupApi, senderOf(node)).complete({
    body: {
      token: (await node.setup.token()) ?? '',
      language: 'vi',
      node_name: 'Trung tâm',
      organisation: { code: 'TT', name: 'Trung tâm', kind: 'national_centre' },
      administrator: { name: 'A', email: 'a@tt.example', password },
    },
  })
  await addEverything(node)
  return node
}

export async function ground(events?: EventStore): Promise<Ground> {
  const node = await standingNode(events)
  const local = senderOf(node, localToken)
  const lots: Lot[] = []
  const groups = createClient(sharingGroupApi, local)
  const shared: Partial<Record<Relation, string>> = {}
  for (const relation of ['group', 'former'] as const) {
    shared[relation] = (await groups.create({ body: { name: relation } })).id
  }
  for (const relation of relations) {
    let home: Pick<Holding, 'organisation' | 'person'> | undefined
    const group = shared[relation]
    for (const tlp of Tlp.options) {
      const things = await hold(node, lots.length + 1, { ...home, tlp, ...(group && { group }) })
      home = { organisation: things.organisation, person: things.person }
      lots.push({ relation, tlp, things })
    }
  }
  const homeOf = (of: Relation) =>
    lots.find(({ relation }) => relation === of)?.things.organisation ?? ''
  const asking = homeOf('own')
  const ties = createClient(organisationTieApi, local)
  const under = { kind: 'parent', basis: 'thử' } as const
  await ties.add({ params: { id: asking }, body: { ...under, parent_id: homeOf('parent') } })
  await ties.add({ params: { id: homeOf('child') }, body: { ...under, parent_id: asking } })
  await node.database.asOwner(`update organisation set membership = 'active' where id = $1`, [
    asking,
  ])
  for (const id of Object.values(shared)) {
    await groups.join({ params: { id }, body: { organisation_id: asking } })
  }
  await groups.part({ params: { id: shared.former ?? '', organisation: asking } })
  const { items } = await createClient(personApi, local).roles({
    query: { limit: 100 },
  })
  const askers: Asker[] = []
  for (const role of items) askers.push({ role, secret: await keyFor(node, asking, role.id) })
  return { node, askers, lots }
}
