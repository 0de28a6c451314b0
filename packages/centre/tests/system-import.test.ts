import { attributionApi } from '@haidang/contracts/attribution'
import { type Client, createClient } from '@haidang/contracts/client'
import { organisationApi } from '@haidang/contracts/organisation-api'
import { systemApi } from '@haidang/contracts/system-api'
import { type SystemImportDraft, systemImportApi } from '@haidang/contracts/system-import'
import { systemScope } from '@haidang/runtime/database/database'
import { readSheet } from '@haidang/runtime/sheets/read-sheet'
import { writeSheet } from '@haidang/runtime/sheets/write-sheet'
import { sql } from 'drizzle-orm'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { addEverything, everything, keyFor, senderOf } from './access-holding.ts'
import { type CentreNode, centreNode, localToken } from './centre-node.ts'
import { HandJobs } from './hand-jobs.ts'

let node: CentreNode
let local: Sender
let ministry: Sender
let province: Sender

interface Sender {
  readonly secret: string
  readonly organisation: string
  readonly imports: Client<typeof systemImportApi>
  readonly systems: Client<typeof systemApi>
  readonly ranges: Client<typeof attributionApi>
}

beforeAll(async () => {
  node = await centreNode(undefined, new HandJobs())
  await addEverything(node)
  local = senderFor(localToken, '')
  ministry = await sender('BO.VD', 'Bộ Ví dụ')
  province = await sender('TINH.VD', 'Tỉnh Ví dụ')
})
afterAll(() => node[Symbol.asyncDispose]())

function senderFor(secret: string, organisation: string): Sender {
  const send = senderOf(node, secret)
  return {
    secret,
    organisation,
    imports: createClient(systemImportApi, send),
    systems: createClient(systemApi, send),
    ranges: createClient(attributionApi, send),
  }
}

async function sender(code: string, name: string): Promise<Sender> {
  const made = await createClient(organisationApi, senderOf(node, localToken)).create({
    body: { code, name, kind: 'ministry' },
  })
  return senderFor(await keyFor(node, made.id, everything), made.id)
}

const fileOf = (rows: readonly string[], more: Partial<SystemImportDraft> = {}) => ({
  name: 'he-thong.csv',
  format: 'csv' as const,
  existing: 'refuse' as const,
  content: Buffer.from(rows.join('\n')).toString('base64'),
  ...more,
})

/** Reads a file as far as its preview. */
async function look(from: Sender, rows: readonly string[], more: Partial<SystemImportDraft> = {}) {
  const { id } = await from.imports.start({ body: fileOf(rows, more) })
  const read = await from.imports.get({ params: { id } })
  return { ...read, params: { id } }
}

async function put(from: Sender, rows: readonly string[], more: Partial<SystemImportDraft> = {}) {
  const { params } = await look(from, rows, more)
  await from.imports.apply({ params })
  return from.imports.get({ params })
}

async function file({ secret }: Sender, url: string) {
  const reply = await node.http.inject({ url, headers: { authorization: `Bearer ${secret}` } })
  const rows: string[][] = []
  if (reply.statusCode === 200) {
    await readSheet(reply.rawPayload, 'csv', (_, cells) => rows.push(cells.map(({ text }) => text)))
  }
  return { rows, status: reply.statusCode, content: reply.rawPayload.toString('base64') }
}

const whose = async ({ ranges }: Sender, value: string, at?: string) =>
  (await ranges.whose({ query: { value, ...(at ? { at } : {}) } })).system?.name

const head = 'owner,code,name,level,tlp,decision_number,decision_date,decision_authority,ranges'

test('a file is looked at, then written whole, and whose an address is follows', async () => {
  const rows = [
    head,
    'bo.vd,NH.1,Cổng dịch vụ,Cấp độ 3,amber,12/QĐ,31/12/2025,Bộ Ví dụ,203.0.113.0/24; tỉnh-mẫu.vn',
    'TINH.VD,NH.2,Thư điện tử,2,,,,,::ffff:198.51.100.0/120 [2026-01-01..2026-12-31]; AS64501',
  ]
  const seen = await look(local, rows)
  expect(seen.state).toBe('read')
  expect(seen.outcome).toMatchObject({ rows: 2, created: 2, fault_count: 0, notice_count: 0 })
  expect((await local.systems.list({ query: { filter: 'code:NH.1' } })).items).toEqual([])
  await local.imports.apply({ params: seen.params })
  expect(await local.imports.get({ params: seen.params })).toMatchObject({ state: 'applied' })

  expect(await whose(ministry, 'www.tỉnh-mẫu.vn')).toBe('Cổng dịch vụ')
  expect(await whose(ministry, '::ffff:203.0.113.9')).toBe('Cổng dịch vụ')
  expect(await whose(province, '198.51.100.7', '2026-06-01T00:00:00Z')).toBe('Thư điện tử')
  expect(await whose(province, '198.51.100.7', '2027-06-01T00:00:00Z')).toBeUndefined()
  const [system] = (await ministry.systems.list({ query: { filter: 'code:NH.1' } })).items
  const whole = await ministry.systems.get({ params: { id: system?.id ?? '' } })
  expect(whole).toMatchObject({
    level: 3,
    range_count: 2,
    tlp: 'amber',
    level_decision: { number: '12/QĐ', date: '2025-12-31', authority: 'Bộ Ví dụ' },
  })
  expect(whole.completeness).toBeGreaterThan(0)
  const entries = await node.database.transact(systemScope, (tx) =>
    tx.execute(sql`select organisation_id from journal where type = 'systems.imported'`),
  )
  expect(entries.rows.map((row) => row['organisation_id']).sort()).toEqual(
    [ministry.organisation, province.organisation].sort(),
  )
})

test('what is exported is read in again without a change, also what no cell can hold', async () => {
  const many = Array.from({ length: 2_500 }, (_, n) => `he-thong-so-${n}.mang-rong.example`)
  const cells = [0, 900, 1_800].map((from) => many.slice(from, from + 900).join('; '))
  const rows = [
    'owner,code,name,ranges',
    `BO.VD,RONG.1,Mạng rộng,${cells[0]}`,
    `BO.VD,RONG.1,,${cells[1]}`,
    `BO.VD,RONG.1,,${cells[2]}`,
    'BO.VD,RONG.2,Mạng bé,',
  ]
  expect((await put(local, rows)).outcome).toMatchObject({ rows: 4, created: 2, fault_count: 0 })
  const kept = await file(ministry, '/api/v1/system-export?format=csv&filter=code:RONG.1')
  expect(kept.rows.length).toBeGreaterThan(2)
  const again = await put(local, [], { content: kept.content, existing: 'update' })
  expect(again.outcome).toMatchObject({ created: 0, updated: 0, skipped: 1, fault_count: 0 })
  const changed = await put(local, ['owner,code,level', 'BO.VD,rong.2,4'], { existing: 'update' })
  expect(changed.outcome).toMatchObject({ updated: 1, skipped: 0 })
  const [system] = (await ministry.systems.list({ query: { filter: 'code:RONG.2' } })).items
  expect(system).toMatchObject({ name: 'Mạng bé', level: 4 })
})

test.each([
  ['a formula', '=1+1,Tên,10.1.0.0/24', 'code formula'],
  ['bits beyond a network', 'X.1,Tên,10.1.0.9/24', 'ranges range.host-bits'],
  ['a name in letters that look Latin', 'X.1,Tên,ехаmрlе.vn', 'ranges lookalike'],
  ['a name of several scripts', 'X.1,Tên,tin-жиtin.vn', 'ranges mixed-scripts'],
  [
    'a last day before the first',
    'X.1,Tên,x1.example [2026-02-01..2026-01-01]',
    'ranges not-a-day',
  ],
  ['a day that is none', 'X.1,Tên,x1.example [2026-02-31..]', 'ranges not-a-day'],
  ['a top-level domain', 'X.1,Tên,vn', 'ranges range.top-level'],
  ['no name of what is new', 'X.1,,x1.example', 'name missing'],
  ['a range somebody has', 'X.1,Tên,203.0.113.0/24', 'ranges range-taken'],
])('%s is refused in words', async (_, row, fault) => {
  const { outcome, params } = await look(province, ['code,name,ranges', row])
  expect(outcome?.faults.map(({ field, code }) => `${field} ${code}`)).toEqual([fault])
  const [{ cause, remedy } = { cause: { vi: '' }, remedy: { vi: '' } }] = outcome?.faults ?? []
  expect(`${cause.vi} ${remedy.vi}`).not.toMatch(/\{\w+\}|undefined|Cổng dịch vụ/)
  await expect(province.imports.apply({ params })).rejects.toThrow('system-import.not-ready')
  const refused = await file(province, `/api/v1/system-imports/${params.id}/refused`)
  expect(refused.rows[1]?.at(-2)).toBe('2')
})

test('overlaps within a file and with the register are told', async () => {
  const { outcome } = await look(local, [
    'owner,code,name,ranges',
    'BO.VD,C.1,Một,192.0.2.0/24',
    'TINH.VD,C.2,Hai,192.0.2.0/24; 192.0.2.128/25; 203.0.113.64/26; con.tỉnh-mẫu.vn',
    'TINH.VD,C.3,Ba,10.0.0.0/24',
    'BO.VD,C.4,Bốn,10.0.0.0/24',
  ])
  expect(outcome?.faults.map(({ row, code }) => `${row} ${code}`)).toEqual(['3 range-repeated'])
  // Private networks are of each organisation for itself; a narrower range of somebody else is worth a look.
  expect(outcome?.notices.map(({ row, parameters }) => `${row} ${parameters['value']}`)).toEqual(
    ['3 192.0.2.128/25', '3 203.0.113.64/26', '3 con.xn--tnh-mu-bv4cy616b.vn'].map((text) =>
      expect.stringContaining(text.slice(0, 8)),
    ),
  )
  expect(outcome?.notices[1]?.cause.en).toContain('203.0.113.0/24 of Cổng dịch vụ (Bộ Ví dụ)')
})

test('who is bound to an organisation reads in its own systems and sees no other import', async () => {
  const { outcome } = await look(ministry, ['owner,code,name', 'TINH.VD,K.1,Không phải của tôi'])
  expect(outcome?.faults.map(({ code }) => code)).toEqual(['no-organisation'])
  const own = await put(ministry, ['code,name', 'K.1,Của tôi'])
  expect(own.state).toBe('applied')
  const { params } = await look(local, ['owner,code,name', 'BO.VD,K.2,Của cả nước'])
  await expect(ministry.imports.get({ params })).rejects.toThrow('system-import.not-found')
  await expect(province.imports.get({ params: { id: own.id } })).rejects.toThrow('not-found')
})

test('what changed since it was looked at is not written over, and is told', async () => {
  const { params } = await look(ministry, ['code,name,ranges', 'D.1,Một,dua.example'])
  await put(ministry, ['code,name', 'D.1,Ai đó nhanh hơn'])
  await ministry.imports.apply({ params })
  const { state, outcome } = await ministry.imports.get({ params })
  expect(state).toBe('read')
  expect(outcome?.faults.map(({ code }) => code)).toEqual(['taken-by'])
  expect(await whose(ministry, 'dua.example')).toBeUndefined()
})

test('a file that is no sheet fails in words', async () => {
  const { state, problem } = await look(ministry, ['mã gì,tên gì', 'a,b'])
  expect({ state, code: problem?.code }).toEqual({ state: 'failed', code: 'sheet.unreadable' })
  expect(problem?.cause).toEqual({
    vi: 'dòng 1: không có cột “mã gì”',
    en: 'row 1: no column “mã gì”',
  })
})

/** More where somebody wants to know: figures are in docs/operate/information-systems.md. */
const size = Number(process.env['HAIDANG_IMPORT_ROWS'] ?? 5_000)

test(`${size} systems with networks and names are read and written in one act`, async () => {
  const rows = Array.from({ length: size }, (_, n) => {
    const network = `2001:db8:${(n >> 16).toString(16)}:${(n & 65_535).toString(16)}::/64`
    return ['TINH.VD', `L.${n}`, `Hệ thống số ${n}`, `${network}; so-${n}.lon.example`]
  })
  const sheet = writeSheet([['owner', 'code', 'name', 'ranges'], ...rows], 'xlsx')
  const more = { format: 'xlsx' as const, content: Buffer.from(sheet).toString('base64') }
  let peak = 0
  const watching = setInterval(() => {
    peak = Math.max(peak, process.memoryUsage.rss())
  }, 50)
  const before = process.memoryUsage.rss()
  const began = performance.now()
  const { params, outcome } = await look(local, [], more)
  const read = performance.now()
  expect(outcome).toMatchObject({ rows: size, created: size, fault_count: 0 })
  await local.imports.apply({ params })
  const done = performance.now()
  clearInterval(watching)
  expect((await local.imports.get({ params })).state).toBe('applied')
  expect(await whose(province, `www.so-${size - 1}.lon.example`)).toBe(`Hệ thống số ${size - 1}`)
  if (process.env['HAIDANG_IMPORT_ROWS']) {
    const seconds = (from: number, to: number) => ((to - from) / 1_000).toFixed(1)
    const grown = ((peak - before) / 1_048_576).toFixed(0)
    const said = { size, read: seconds(began, read), written: seconds(read, done), grown }
    process.stdout.write(`${JSON.stringify(said)}\n`)
  }
}, 600_000)
