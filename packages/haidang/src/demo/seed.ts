import { setTimeout as delay } from 'node:timers/promises'
import { type Client, createClient } from '@haidang/contracts/client'
import { organisationApi } from '@haidang/contracts/organisation-api'
import { personApi, setupApi } from '@haidang/contracts/person-api'
import type { SourceDraft } from '@haidang/contracts/source'
import { sourceApi } from '@haidang/contracts/source-api'
import { stationApi } from '@haidang/contracts/station-api'
import { apiSender } from '../api-sender.ts'
import type { LocalAccess } from '../local-access.ts'
import type { DemoNodePlan } from './demo-plan.ts'

/** Sources every demonstration station has; names are part of the scenario. */
const sources: readonly Pick<SourceDraft, 'name' | 'collector' | 'format' | 'logsource'>[] = [
  { name: 'suricata', collector: 'json-lines', format: 'suricata-eve', logsource: {} },
  { name: 'zeek', collector: 'json-lines', format: 'zeek-json', logsource: {} },
  { name: 'windows', collector: 'json-lines', format: 'windows-json', logsource: {} },
  { name: 'may-chu', collector: 'syslog-tcp', format: 'auto', logsource: {} },
]

/** First-run set-up through the API, as a person would do it; returns the id of the home organisation. */
export async function setUpNode(
  plan: DemoNodePlan,
  access: LocalAccess,
  password: string,
): Promise<string> {
  const setup = createClient(setupApi, apiSender(access.url))
  if (access.setup_token === null) throw new Error(`node ${plan.key} is set up already`)
  const { organisation_id } = await setup.complete({
    body: {
      token: access.setup_token,
      language: 'vi',
      node_name: plan.node_name,
      organisation: plan.organisation,
      administrator: {
        name: plan.administrator.name,
        email: plan.administrator.email,
        password,
      },
    },
  })
  const people = createClient(personApi, apiSender(access.url, access.token))
  for (const { name, email, role } of plan.people) {
    await people.create({ body: { organisation_id, name, email, role_id: role, password } })
  }
  return organisation_id
}

/** Adds the sources of a station; returns the tokens of those that need one, by name. */
export async function addSources(access: LocalAccess): Promise<Record<string, string>> {
  const api = createClient(sourceApi, apiSender(access.url, access.token))
  const tokens: Record<string, string> = {}
  for (const body of sources) {
    const { source, token } = await api.create({ body })
    if (token !== null) tokens[source.name] = token
  }
  return tokens
}

/** Makes the organisation known at the centre and ties the child to it: code, join, approval; answers its id there. */
export async function joinCentre(
  plan: DemoNodePlan,
  child: LocalAccess,
  centre: LocalAccess,
  password: string,
): Promise<string> {
  const send = apiSender(centre.url, centre.token)
  const organisation = await createClient(organisationApi, send).create({ body: plan.organisation })
  const focal = plan.people[0]
  if (focal) {
    await createClient(personApi, send).create({
      body: {
        organisation_id: organisation.id,
        name: focal.name,
        email: focal.email,
        role_id: 'focal-point',
        password,
      },
    })
  }
  const stations = createClient(stationApi, send)
  const { code } = await stations.createJoinCode({ body: { organisation_id: organisation.id } })
  const below = createClient(stationApi, apiSender(child.url, child.token))
  await below.join({
    body: { code, location: plan.location, contact: focal?.name ?? plan.administrator.name },
  })
  await approvePending(stations, organisation.id)
  await untilConnected(below)
  return organisation.id
}

async function approvePending(
  stations: Client<typeof stationApi>,
  organisationId: string,
): Promise<void> {
  const { items } = await stations.list({ query: { limit: 500 } })
  const pending = items.find(
    ({ state, organisation_id }) => state === 'pending' && organisation_id === organisationId,
  )
  if (!pending) throw new Error(`no pending station of ${organisationId} at the centre`)
  await stations.approve({ params: { id: pending.id } })
}

async function untilConnected(below: Client<typeof stationApi>): Promise<void> {
  const deadline = AbortSignal.timeout(60_000)
  while (!deadline.aborted) {
    const { state, problem } = await below.parent({})
    if (state === 'connected') return
    if (state === 'rejected' || state === 'revoked') throw new Error(problem ?? state)
    await delay(200)
  }
  throw new Error('the station was approved but did not connect within a minute')
}
