import { randomUUID } from 'node:crypto'
import { AdvisoryChoice } from '@haidang/contracts/advisory-addressing-api'
import type { ChosenAddressee } from '@haidang/contracts/order-addressing-api'
import { expect, test } from 'vitest'
import { AdvisoryAddressing } from '../src/advisory-addressing.ts'
import { searchFor } from '../src/modules/systems/software-search.ts'
import { readSightings } from '../src/payload/sighting-lines.ts'
import { author } from './advising.ts'
import { ministryOrg, provinceOrg } from './doing.ts'

const now = Date.parse('2026-11-22T03:00:00Z')
const moved = Date.parse('2026-11-20T00:00:00Z')
const hidden = `org_${randomUUID()}`

const systems = [
  {
    organisation_id: ministryOrg,
    name: 'Thư điện tử',
    software: [{ name: 'Cổng thư', version: '7.2.1', identifier: '' }],
  },
  {
    organisation_id: provinceOrg,
    name: 'Một cửa',
    software: [
      { name: 'Cổng Thư', version: '7.2.3', identifier: '' },
      { name: 'nginx', version: '', identifier: 'pkg:generic/nginx' },
    ],
  },
]

/** An address that changed hands on a day, one nobody has, one of somebody the author may not know. */
const addressing = new AdvisoryAddressing({
  clock: { now: () => now, iso: () => '' } as never,
  systems: { running: async (_, sought) => searchFor(sought).in(systems) },
  attribution: {
    of: async (value, at) => {
      const owner = { '192.0.2.10': at < moved ? provinceOrg : ministryOrg, '192.0.2.66': hidden }
      const organisation_id = owner[value as keyof typeof owner]
      return organisation_id ? ({ organisation_id } as never) : undefined
    },
  },
  addressing: {
    choose: async (_, { organisations }) => ({
      unowned: [],
      chosen: organisations
        .filter((id) => id !== hidden)
        .map(
          (organisation_id): ChosenAddressee => ({
            organisation_id,
            organisation_name: organisation_id,
            organisation_kind: 'ministry',
            over_link: false,
            has_duty: true,
            indicators: [],
          }),
        ),
    }),
  },
})

const found = async (choice: object) => {
  const { chosen, ...rest } = await addressing.choose(author, AdvisoryChoice.parse(choice))
  const lines = chosen.map(({ organisation_id, indicators }) => [organisation_id, indicators])
  return { ...rest, lines: Object.fromEntries(lines) as Record<string, string[]> }
}

test('everybody who runs a software in a version concerned is found, with its own systems', async () => {
  const old = await found({ software: [{ name: 'cong thu', versions: '< 7.2.3' }] })
  expect(old.lines).toEqual({ [ministryOrg]: ['Thư điện tử: Cổng thư 7.2.1'] })
  const unstated = await found({ software: [{ name: 'nginx', versions: '< 1' }] })
  expect(unstated.lines).toEqual({ [provinceOrg]: ['Một cửa: nginx ?'] })
  await expect(found({ software: [{ name: 'nginx', versions: 'cũ' }] })).rejects.toThrow(
    expect.objectContaining({ code: 'request.invalid' }),
  )
})

test('each line goes to who had the address at that time, and to nobody else', async () => {
  const { lines, unowned, unread } = await found({
    sightings: [
      'ip,time,detail',
      '192.0.2.10,2026-11-19T08:00:00Z,cổng 443',
      '192[.]0.2.10\t21/11/2026 10:04\tcổng 25',
      '198.51.100.1,2026-11-19,không của ai',
      '192.0.2.66,2026-11-19,của người không được biết',
      'không phải địa chỉ,2026-11-19',
      '192.0.2.10,2026-13-45',
      '192.0.2.10,2030-01-01',
    ],
  })
  expect(lines).toEqual({
    [provinceOrg]: ['192.0.2.10,2026-11-19T08:00:00Z,cổng 443'],
    [ministryOrg]: ['192[.]0.2.10\t21/11/2026 10:04\tcổng 25'],
  })
  expect(unowned).toEqual([
    '198.51.100.1,2026-11-19,không của ai',
    '192.0.2.66,2026-11-19,của người không được biết',
  ])
  expect(unread).toEqual([
    { line: 6, cause: 'address' },
    { line: 7, cause: 'time' },
    { line: 8, cause: 'time' },
  ])
})

test('a time without zone is of Vietnam, no time is now, and one that cannot be read is told, not taken as now', () => {
  const at = (time: string) => readSightings([`192.0.2.1,${time}`], now).sightings[0]?.at
  expect(at('22/11/2026 08:00')).toBe(Date.parse('2026-11-22T01:00:00Z'))
  expect(at('2026-11-22 08:00:05')).toBe(Date.parse('2026-11-22T01:00:05Z'))
  expect(at('')).toBe(now)
  expect(at(',cổng 443')).toBe(now)
  for (const time of ['cổng 443', 'Nov 21 10:04', '1763600000', '11/21/2026 10:04 PM', '10:04']) {
    expect(readSightings([`192.0.2.1,${time}`], now)).toEqual({
      sightings: [],
      unread: [{ line: 1, cause: 'time' }],
    })
  }
})
