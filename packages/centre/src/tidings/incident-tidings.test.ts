import { expect, test } from 'vitest'
import { IncidentTidings } from './incident-tidings.ts'

interface Said {
  readonly kind: string
  readonly path: string
  readonly facts: (language: 'vi') => Record<string, string>
}

const taking = {
  organisation_id: 'org_helper',
  organisation_name: 'Đội hỗ trợ',
  role: 'supporting',
  sees: 'summary',
}

/** What is told to whom by an entry about an incident of this rank. */
async function told(entry: object, tlp_rank = 2) {
  const said: [Said, unknown][] = []
  const tidings = new IncidentTidings({
    notifications: { tell: async (_: unknown, what: Said, to: unknown) => said.push([what, to]) },
    recipients: {
      people: async (_: unknown, ids: readonly string[]) => ids,
      onDuty: async (_: unknown, right: string, of: object) => [{ right, ...of }],
    },
    incidents: {
      get: async () => ({
        id: 'inc_1',
        number: 'SC-1',
        title: 'Mã độc',
        organisation_id: 'org_a',
        tlp_rank,
      }),
    },
  } as never)
  await tidings.tell({} as never, { id: 'jrn_1', reason: '', ...entry } as never)
  return said.map(([{ kind, path, facts }, to]) => ({
    kind,
    path,
    title: facts('vi')['title'],
    to,
  }))
}

test('who takes part is told, by those of its people who may read it, and told of the end without the title', async () => {
  const to = [{ right: 'incident.read', organisation_id: 'org_helper', tlp_rank: 2 }]
  expect(await told({ type: 'incident.participant-added', after: taking })).toEqual([
    { kind: 'participation-given', path: '/incidents/inc_1', title: 'Mã độc', to },
  ])
  expect(await told({ type: 'incident.participant-removed', before: taking })).toEqual([
    { kind: 'participation-ended', path: '/incidents', title: '', to },
  ])
  expect(await told({ type: 'incident.participant-changed', after: taking }, 4)).toEqual([])
})

test('who is named in a note is told once, with a link to it; who wrote it is not', async () => {
  const mentions = [{ id: 'usr_a' }, { id: 'usr_me' }]
  const noted = { type: 'incident.noted', actor_id: 'usr_me', subject: 'inc_1', reason: 'Nhờ xem' }
  expect(await told({ ...noted, after: { mentions } })).toEqual([
    { kind: 'note-mention', path: '/incidents/inc_1#jrn_1', title: 'Mã độc', to: ['usr_a'] },
  ])
  expect(await told({ ...noted, after: null })).toEqual([])
})
