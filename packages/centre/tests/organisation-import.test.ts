import { organisationApi } from '@haidang/contracts/organisation-api'
import { organisationImportApi } from '@haidang/contracts/organisation-import'
import { organisationTieApi } from '@haidang/contracts/organisation-tie'
import type { SheetImport } from '@haidang/contracts/sheet-import'
import { readSheet } from '@haidang/runtime/sheets/read-sheet'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { whoNode } from './who-node.ts'

let node: Awaited<ReturnType<typeof whoNode>>
beforeAll(async () => {
  node = await whoNode()
  await node.setUp()
})
afterAll(() => node[Symbol.asyncDispose]())

const sheets = () => node.client(organisationImportApi, node.local)
const fileOf = (text: string, existing: SheetImport['existing'] = 'refuse') => ({
  name: 'to-chuc.csv',
  format: 'csv' as const,
  existing,
  content: Buffer.from(text).toString('base64'),
})

async function file(method: 'GET' | 'POST', url: string, payload?: object) {
  const reply = await node.http.inject({
    method,
    url,
    headers: node.local,
    ...(payload ? { payload } : {}),
  })
  const rows: string[][] = []
  await readSheet(reply.rawPayload, 'csv', (_, cells) => rows.push(cells.map(({ text }) => text)))
  return { rows, content: reply.rawPayload.toString('base64'), status: reply.statusCode }
}

test('what is wrong with a row is told in both languages, with what to do', async () => {
  const body = fileOf(
    'code,name,kind,website\nLN.1,Sở Một,nhà hàng,\nLN.2,,isp,ftp://x\nLN.1,A,isp,\n',
  )
  const { faults } = await sheets().preview({ body })
  expect(faults.map(({ row, field, code }) => `${row} ${field} ${code}`)).toEqual([
    '2 kind no-choice',
    '3 name missing',
    '3 website wrong-form',
    '4 name too-short',
  ])
  const [choice, missing, form] = faults
  expect(choice?.cause).toEqual({
    vi: '“nhà hàng” không có trong danh mục',
    en: '“nhà hàng” is none of the choices',
  })
  expect(choice?.remedy.vi).toContain('Bộ, cơ quan ngang bộ')
  expect(choice?.remedy.en).toContain('Internet service provider')
  expect(missing?.remedy).toEqual({ vi: 'điền giá trị vào ô', en: 'fill the cell in' })
  expect(form?.remedy.vi).toBe('ghi địa chỉ bắt đầu bằng https://')
  // A language without words of its own would show a parameter's name or nothing.
  expect(JSON.stringify(faults)).not.toMatch(/\{\w+\}|undefined/)
})

test('refused rows come back with why, and read in again once corrected', async () => {
  const asked = fileOf(
    'Mã định danh,Tên tổ chức,Loại\nTC.1,Sở Một,isp\nTC.2,Sở Hai,=1+1\nTC.3,,isp\n',
  )
  const { rows, content } = await file('POST', '/api/v1/organisation-import/refused', asked)
  expect(rows.map((row) => row.slice(0, 4))).toEqual([
    ['Mã định danh', 'Tên tổ chức', 'Loại', 'row in the file'],
    ['TC.2', 'Sở Hai', '=1+1', '3'],
    ['TC.3', '', 'isp', '4'],
  ])
  expect(rows[2]?.[4]).toBe('name: nothing in it: fill the cell in')
  const corrected = Buffer.from(content, 'base64').toString().replace('TC.3,,', 'TC.3,Sở Ba,')
  const again = await sheets().preview({ body: fileOf(corrected.replace("'=1+1", 'isp')) })
  expect(again).toMatchObject({ created: 2, fault_count: 0 })
})

test('a file puts organisations under each other, and an export says so again', async () => {
  const text =
    'code,name,kind,parent\nCAY.1,Bộ,ministry,\nCAY.2,Cục,government_office,cay.1\nCAY.3,Phòng,government_office,CAY.2\n'
  expect(await sheets().apply({ body: fileOf(text) })).toMatchObject({ created: 3, fault_count: 0 })
  const organisations = node.client(organisationApi, node.local)
  const tree = node.client(organisationTieApi, node.local)
  const [root] = (await organisations.list({ query: { filter: 'code:CAY.1' } })).items
  const below = await tree.tree({ query: { under: root?.id ?? '' } })
  expect(below.items.map(({ code, children }) => [code, children])).toEqual([['CAY.2', 1]])
  const { rows, content } = await file(
    'GET',
    '/api/v1/organisation-export?format=csv&filter=code:CAY.3',
  )
  expect(rows[1]?.slice(0, 6)).toEqual(['CAY.3', 'Phòng', 'government_office', '', '', 'CAY.2'])
  const body = { ...fileOf('', 'update'), content }
  expect(await sheets().apply({ body })).toMatchObject({ updated: 1, fault_count: 0 })
})

test('rings are refused with their chain: within a file, and closed over the register', async () => {
  const within = await sheets().preview({
    body: fileOf(
      'code,name,kind,parent\nV.1,Một,isp,V.3\nV.2,Hai,isp,V.1\nV.3,Ba,isp,V.2\nV.4,Bốn,isp,V.4\n',
    ),
  })
  expect(within.faults.map(({ row, code }) => `${row} ${code}`).sort()).toEqual([
    '2 circular',
    '3 circular',
    '4 circular',
    '5 circular',
  ])
  expect(within.faults[0]?.cause.vi).toBe('thành vòng kín: V.1 → V.3 → V.2 → V.1')
  await sheets().apply({
    body: fileOf('code,name,kind,parent\nVS.1,Một,isp,\nVS.2,Hai,isp,VS.1\n'),
  })
  const over = await sheets().preview({
    body: fileOf('code,name,kind,parent\nVS.1,Một,isp,VS.2\n', 'update'),
  })
  expect(over.faults.map(({ field, code }) => `${field} ${code}`)).toEqual(['parent circular'])
  const other = await sheets().preview({
    body: fileOf('code,name,kind,parent\nVS.2,Hai,isp,CAY.1\nVS.9,Chín,isp,KHONG.CO\n', 'update'),
  })
  expect(other.faults.map(({ code }) => code)).toEqual(['other-parent', 'no-parent'])
})

test('a tree deeper than any may be is refused at the row that makes it so', async () => {
  const rows = Array.from(
    { length: 34 },
    (_, n) => `S.${n},Tầng ${n},isp,${n > 0 ? `S.${n - 1}` : ''}`,
  )
  const { faults } = await sheets().preview({
    body: fileOf(['code,name,kind,parent', ...rows].join('\n')),
  })
  expect(faults.map(({ code }) => code)).toContain('too-deep')
})

test('the template names every column and nothing else', async () => {
  const { rows } = await file('GET', '/api/v1/organisation-import/template?format=csv')
  expect(rows).toHaveLength(1)
  expect(rows[0]).toContain('Thuộc tổ chức')
})
